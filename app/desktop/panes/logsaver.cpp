// SPDX-License-Identifier: MIT
#include "logsaver.h"

#include "desktop/models/logmodel.h"

#include <QElapsedTimer>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr qint64 sliceTime = 6; ///< ms, of the 16 a frame has

LogSaver::LogSaver(const LogModel &model, QObject *parent)
    : QObject(parent)
    , m_model(model)
{
    connect(&m_timer, &QTimer::timeout, this, &LogSaver::takeSlice);
    connect(&m_saver, &FileSaver::saved, this, [this] { Q_EMIT ended({}); });
    connect(&m_saver, &FileSaver::failed, this, &LogSaver::ended);
}

QString LogSaver::textOf(const LogModel &model, int row)
{
    QStringList cells;
    for (int column = 0; column < LogModel::ColumnCount; ++column)
        cells.append(model.index(row, column).data().toString());
    return cells.join(u'\t');
}

void LogSaver::save(const QString &path)
{
    m_path = path;
    m_text.clear();
    m_first = m_next = m_model.rowCount() > 0 ? m_model.numberAt(0) : m_model.endNumber();
    m_end = m_model.endNumber();
    m_timer.start(0);
}

void LogSaver::cancel()
{
    if (!m_timer.isActive())
        return; // the disk has it, which takes no time to speak of
    m_timer.stop();
    m_text.clear();
    Q_EMIT ended({});
}

/// Rows go away at the top meanwhile, so a line is known by its number.
static int firstRowFrom(const LogModel &model, quint64 number)
{
    int from = 0;
    int to = model.rowCount();
    while (from < to) {
        const int middle = (from + to) / 2;
        if (model.numberAt(middle) < number)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

void LogSaver::takeSlice()
{
    QElapsedTimer clock;
    clock.start();
    int row = firstRowFrom(m_model, m_next);
    const int end = firstRowFrom(m_model, m_end);
    for (; row < end && clock.elapsed() < sliceTime; ++row) {
        m_text += textOf(m_model, row).toUtf8() + '\n';
        m_next = m_model.numberAt(row) + 1;
    }
    if (row < end) {
        Q_EMIT progressed(double(m_next - m_first) / double(m_end - m_first));
        return;
    }
    m_timer.stop();
    m_saver.save(m_path, [text = std::exchange(m_text, {})] { return text; });
}

} // namespace Fanfare
