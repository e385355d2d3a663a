// SPDX-License-Identifier: MIT
#include "historycard.h"

#include "historychart.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace Fanfare {

using Kind = HistoryQuantity::Kind;

HistoryCard::HistoryCard(QWidget *parent)
    : QWidget(parent)
    , m_handler(new QComboBox(this))
    , m_kind(new QComboBox(this))
    , m_chart(new HistoryChart(this))
{
    m_handler->setAccessibleName(tr("What of earlier runs is shown"));
    m_handler->addItem(tr("The whole run"));
    m_kind->setAccessibleName(tr("Which percentile"));
    m_kind->addItem(tr("p50, the middle task"), int(Kind::P50));
    m_kind->addItem(tr("p99, the slowest of a hundred"), int(Kind::P99));
    auto row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(m_handler);
    row->addWidget(m_kind);
    row->addStretch();
    auto column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(row);
    m_chart->setMinimumHeight(150);
    column->addWidget(m_chart);
    for (QComboBox *choice : {m_handler, m_kind})
        connect(choice, &QComboBox::currentIndexChanged, this, &HistoryCard::refresh);
    connect(m_chart, &HistoryChart::openWanted, this, &HistoryCard::openWanted);
}

void HistoryCard::setPoints(const std::vector<HistoryPoint> &points,
                            const std::vector<HandlerKey> &handlers)
{
    m_points = points;
    if (handlers != m_handlers) {
        const HandlerKey chosen = quantity().handler;
        const QSignalBlocker blocker(m_handler);
        m_handlers = handlers;
        while (m_handler->count() > 1)
            m_handler->removeItem(1);
        for (const HandlerKey &key : m_handlers) {
            m_handler->addItem(key.name.isEmpty() ? tr("(not known)") : key.name);
            if (key == chosen)
                m_handler->setCurrentIndex(m_handler->count() - 1);
        }
    }
    refresh();
}

HistoryQuantity HistoryCard::quantity() const
{
    const int handler = m_handler->currentIndex();
    if (handler <= 0 || size_t(handler) > m_handlers.size())
        return {};
    return {Kind(m_kind->currentData().toInt()), m_handlers[size_t(handler) - 1]};
}

void HistoryCard::refresh()
{
    m_kind->setEnabled(quantity().kind != Kind::Wall);
    if (quantity().kind != Kind::Wall)
        readMissing();
    show();
}

void HistoryCard::show()
{
    const HistoryQuantity shown = quantity();
    const QString percentile = shown.kind == Kind::P50 ? tr("p50") : tr("p99");
    const QString title = shown.kind == Kind::Wall
        ? tr("Kept runs of this scenario, oldest to the left")
        : tr("%1 of %2, from emitted to done, in kept runs; oldest to the left")
              .arg(percentile, shown.handler.name);
    m_chart->setPoints(m_points, valuesOf(m_points, shown, m_percentiles), title);
}

/// A kept run does not change any more, so each is read once.
void HistoryCard::readMissing()
{
    QStringList paths;
    for (const HistoryPoint &point : m_points) {
        if (!m_asked.contains(point.path))
            paths.append(point.path);
    }
    if (paths.isEmpty() || m_job.isRunning())
        return;
    m_asked += paths;
    const auto work = [paths](const BackgroundJob::Progress &progress,
                              const std::stop_token &stop) {
        return percentilesOf(paths, progress, stop);
    };
    m_job.start(work, [this](std::map<QString, RunPercentiles> read) {
        m_percentiles.merge(read);
        refresh(); // there may be others by now
    });
}

} // namespace Fanfare
