// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/lanegroup.h"

#include <map>
#include <set>
#include <unordered_map>
#include <vector>

namespace Fanfare {

enum class LaneHeight : quint8 { Small, Medium, Large };

/// How the user arranged the lanes; lanes are RunModel indexes.
class LaneArrangement
{
public:
    bool isPinned(quint32 lane) const { return look(lane).isPinned; }
    bool isHidden(quint32 lane) const { return look(lane).isHidden; }
    LaneHeight height(quint32 lane) const { return look(lane).height; }
    QString filter(quint32 lane) const { return look(lane).filter; } ///< see SpanFilter; or empty
    std::map<quint32, QString> filters() const;                      ///< those that are not empty
    size_t hiddenCount() const;

    void setPinned(quint32 lane, bool isPinned) { m_looks[lane].isPinned = isPinned; }
    void setHidden(quint32 lane, bool isHidden) { m_looks[lane].isHidden = isHidden; }
    void setHeight(quint32 lane, LaneHeight height) { m_looks[lane].height = height; }
    void setFilter(quint32 lane, const QString &text) { m_looks[lane].filter = text; }
    void showAll();
    void clearFilters();

    /// Whether a group is shown as one lane.
    bool isFolded(const LaneGroup &group) const { return m_folded.contains(group); }
    void setFolded(const LaneGroup &group, bool isFolded);
    const std::set<LaneGroup> &folded() const { return m_folded; }

    /// Gives lanes an order of their own; without one workers stand by kind and number.
    void setSequence(std::vector<quint32> lanes) { m_sequence = std::move(lanes); }

    const std::vector<quint32> &sequence() const { return m_sequence; } ///< empty: no own order

    /// Puts \a lane where \a target stands; \a shown: all lanes from top to bottom.
    void move(quint32 lane, quint32 target, const std::vector<quint32> &shown);

    /// The place of a lane in the sequence; those that are not in it come last.
    size_t rank(quint32 lane) const;

    bool operator==(const LaneArrangement &other) const = default;

private:
    struct Look
    {
        bool isPinned = false; ///< stays above those that scroll
        bool isHidden = false;
        LaneHeight height = LaneHeight::Medium;
        QString filter;

        bool operator==(const Look &other) const = default;
    };

    Look look(quint32 lane) const;

    std::unordered_map<quint32, Look> m_looks;
    std::set<LaneGroup> m_folded;
    std::vector<quint32> m_sequence; ///< from top to bottom
};

} // namespace Fanfare
