// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <optional>
#include <vector>

namespace Fanfare {

/// Where the user was, to go back and forth as in a browser. Moves that follow one another closely,
/// such as notches of a wheel, count as one.
///
/// Threads: [gui].
class ViewHistory
{
public:
    struct View
    {
        qint64 begin = 0;
        double length = 0; ///< ns
        bool isFollowing = false;

        bool operator==(const View &other) const = default;
    };

    enum class Move : quint8 { Jump, Glide };

    /// The user leaves \a from at \a time (any clock, ns).
    void leave(const View &from, Move move, qint64 time)
    {
        constexpr qint64 pause = 700'000'000;
        const bool goesOn = move == Move::Glide && m_lastMove == Move::Glide
            && time - m_lastTime < pause && m_forward.empty();
        m_lastMove = move;
        m_lastTime = time;
        if (goesOn)
            return;
        m_forward.clear();
        m_back.push_back(from);
        if (m_back.size() > most)
            m_back.erase(m_back.begin());
    }

    /// The view to go back or forward to from \a here; nothing when there is none.
    std::optional<View> back(const View &here) { return step(m_back, m_forward, here); }
    std::optional<View> forward(const View &here) { return step(m_forward, m_back, here); }

    void clear() { *this = ViewHistory(); }

private:
    static constexpr size_t most = 100;

    std::optional<View> step(std::vector<View> &from, std::vector<View> &to, const View &here)
    {
        if (from.empty())
            return std::nullopt;
        m_lastMove = Move::Jump;
        to.push_back(here);
        const View view = from.back();
        from.pop_back();
        return view;
    }

    std::vector<View> m_back;
    std::vector<View> m_forward;
    Move m_lastMove = Move::Jump;
    qint64 m_lastTime = 0;
};

} // namespace Fanfare
