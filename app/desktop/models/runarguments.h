// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/facts.h>

#include <deque>
#include <optional>

namespace Fanfare {

/// With which arguments emissions were made: the newest commands, bounded in number and bytes.
/// The engine does not send arguments back; who emits knows them.
///
/// Threads: [gui].
class RunArguments
{
public:
    static constexpr size_t maximumCommands = 100'000;
    static constexpr qint64 maximumBytes = 64 * 1024 * 1024; ///< as CBOR

    /// \a command was accepted; its emissions are \a first and following.
    void add(EmissionId first, const EmitCommand &command);
    void clear() { *this = RunArguments(); }

    /// The arguments of \a emission, which may be empty; nothing when they are not kept.
    std::optional<Arguments> find(EmissionId emission) const;

private:
    struct Entry
    {
        quint64 first = 0;
        quint64 count = 0;
        QList<Arguments> arguments; ///< emission k carries arguments[k % size]
        qint64 bytes = 0;
    };

    std::deque<Entry> m_entries; // by number of the first emission
    qint64 m_bytes = 0;
};

} // namespace Fanfare
