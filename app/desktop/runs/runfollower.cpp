// SPDX-License-Identifier: MIT
#include "runfollower.h"

namespace Fanfare {

RunFollower::RunFollower(std::shared_ptr<RunFeed> feed, RunModel &model, QObject *parent)
    : QObject(parent)
    , m_feed(std::move(feed))
    , m_model(model)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(pause);
    connect(&m_timer, &QTimer::timeout, this, &RunFollower::look);
    m_timer.start();
}

void RunFollower::look()
{
    const auto read = [feed = m_feed](const BackgroundJob::Progress &progress,
                                      const std::stop_token &stop) {
        std::vector<RunPart> parts;
        feed->read([&parts](RunPart part) { parts.push_back(std::move(part)); }, progress, stop);
        return parts;
    };
    m_job.start(read, [this](std::vector<RunPart> parts) { take(std::move(parts)); });
}

void RunFollower::take(std::vector<RunPart> parts)
{
    for (RunPart &part : parts)
        m_feed->fold(std::move(part), m_model);
    if (m_feed->goesOn())
        m_timer.start();
    else
        Q_EMIT ended();
}

} // namespace Fanfare
