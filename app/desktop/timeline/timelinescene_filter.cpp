// SPDX-License-Identifier: MIT
// What a filter means to a TimelineScene.
#include "desktop/timeline/timelinescene.h"

namespace Fanfare {

void TimelineScene::filterByHandler(bool isExcluded)
{
    const std::optional<quint32> handler = handlerOfSelection();
    if (!handler)
        return;
    const QString name = m_model.handler(*handler).handler;
    setFilter(isExcluded ? m_filter.textWithHandler(name, true)
                         : SpanFilter::handlerTerm(name, false));
}

std::optional<quint32> TimelineScene::handlerOfSelection() const
{
    if (!m_selected)
        return std::nullopt;
    for (const std::vector<OpenSpan> *open : {&m_tracks.open(), &m_tracks.queued()}) {
        for (const OpenSpan &span : *open) {
            if (span.task.task == *m_selected)
                return span.handler;
        }
    }
    const std::optional<SpanPlace> place = m_tracks.placeOf(m_model, *m_selected);
    return place ? std::optional(m_tracks.at(*place).handler) : std::nullopt;
}

bool TimelineScene::stepMatch(Direction direction)
{
    if (!m_filter.matches())
        return false;
    const TimelineNavigator navigator(m_tracks, m_lanes);
    const auto from = m_selected ? m_tracks.placeOf(m_model, *m_selected) : std::nullopt;
    const bool isForward = direction == Direction::Forward;
    const std::optional<SpanPlace> to = from
        ? navigator.match(*m_filter.matches(), *from, direction)
        : navigator.match(*m_filter.matches(), isForward ? m_viewport.begin() : m_viewport.end(),
                          direction);
    if (!to)
        return false;
    m_selected = m_tracks.taskAt(*to);
    reveal(*m_selected);
    return true;
}

quint64 TimelineScene::matchPosition() const
{
    const auto place = m_selected ? m_tracks.placeOf(m_model, *m_selected) : std::nullopt;
    if (!place || !m_filter.matches())
        return 0;
    const qint64 time = m_tracks.at(*place).started;
    quint64 before = 0;
    bool isThere = false;
    for (quint32 lane = 0; lane < m_tracks.lanes().size(); ++lane) {
        const std::vector<SpanRow> &rows = m_tracks.lanes()[lane].rows;
        for (size_t row = 0; row < rows.size(); ++row) {
            const bool isHere = lane == place->lane && int(row) == place->row;
            const size_t end = isHere ? place->position : rows[row].startedBefore(time);
            before += m_filter.matches()->countBefore(lane, int(row), end);
            if (isHere)
                isThere = m_filter.matches()->matches(rows[row], *place);
        }
    }
    return isThere ? before + 1 : 0;
}

} // namespace Fanfare
