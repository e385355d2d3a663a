// SPDX-License-Identifier: MIT
#include "runedits.h"

#include "desktop/timeline/timelinescene.h"
#include "desktop/timeline/timelinewidget.h"

#include <QFile>
#include <QSaveFile>

namespace Fanfare {

using namespace Qt::StringLiterals;

RunEdits::RunEdits(QString run, TimelineWidget &timeline, QObject *parent)
    : QObject(parent)
    , m_run(std::move(run))
    , m_timeline(&timeline)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(400); // ms; typing a filter is one change
    connect(&m_soon, &QTimer::timeout, this, &RunEdits::write);
    connect(&timeline, &TimelineWidget::editsChanged, &m_soon, qOverload<>(&QTimer::start));
}

RunEdits::~RunEdits()
{
    if (m_soon.isActive() && m_timeline)
        write();
}

QString RunEdits::fileFor(const QString &run)
{
    return run + u".edits.json"_s;
}

QString RunEdits::restore()
{
    QFile file(fileFor(m_run));
    if (!file.exists())
        return {};
    const bool isOpen = file.open(QIODevice::ReadOnly);
    const Result<SavedEdits> saved = isOpen
        ? savedEdits(file.readAll(), m_timeline->scene().model())
        : Result<SavedEdits>(Error{ErrorCode::Unreadable, file.errorString()});
    if (saved) {
        m_timeline->restoreEdits(*saved);
        return {};
    }
    return tr("The notes in %1 cannot be shown. %2. Delete the file to start anew.")
        .arg(file.fileName(), saved.error().message);
}

void RunEdits::write()
{
    m_soon.stop();
    const SavedEdits saved = m_timeline->scene().saved();
    const QString path = fileFor(m_run);
    if (saved.isEmpty()) {
        QFile::remove(path);
        return;
    }
    const QByteArray json = jsonOf(saved, m_timeline->scene().model());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size() || !file.commit())
        Q_EMIT troubled(tr("The notes cannot be kept in %1: %2. They are there until the run is "
                           "closed.")
                            .arg(path, file.errorString()));
}

} // namespace Fanfare
