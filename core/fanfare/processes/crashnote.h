// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

#include <array>
#include <atomic>
#include <memory>

namespace Fanfare {

/// What a worker leaves in the memory that it shares with its host, and with nobody else, when a
/// signal hits it: plain stores, which outlive it. Zeros are an empty note.
///
/// Threads: written by the thread that got the signal; read by the host after the end.
struct CrashNote
{
    static constexpr size_t maximumFrames = 64;
    static constexpr size_t maximumMaps = 240 * 1024; ///< bytes

    std::atomic<qint32> signal; ///< 0: no signal was caught
    std::atomic<qint32> isDump; ///< the host asked where the thread is; nothing crashed
    qint32 code;                ///< si_code
    quint32 taskIndex;
    quint64 emission; ///< of the task that the thread ran; 0: none
    quint64 address;  ///< what the signal is about
    quint64 pc;
    quint64 returnAddress; ///< the word at the stack pointer: the caller after a jump into nowhere
    std::atomic<quint32> frameCount;
    std::atomic<quint32> mapsSize;
    std::array<quint64, maximumFrames> frames; ///< from the signal handler outwards
    std::array<char, maximumMaps> maps;        ///< /proc/self/maps: where the libraries lie
};

/// The memory in which a crash note lies. It has a fixed size, so that a worker cannot fill the
/// memory of the machine through it.
///
/// Threads: [owner].
class CrashMemory
{
public:
    /// New memory with an empty note. Error: Unreadable, when the system has none.
    static Result<std::unique_ptr<CrashMemory>> create();

    ~CrashMemory();
    CrashMemory(const CrashMemory &) = delete;
    CrashMemory &operator=(const CrashMemory &) = delete;

    /// What a worker inherits to map it; closed in every other child.
    int descriptor() const { return m_descriptor; }

    const CrashNote &note() const { return *m_note; }

private:
    CrashMemory(int descriptor, CrashNote *note)
        : m_descriptor(descriptor)
        , m_note(note)
    {
    }

    const int m_descriptor;
    CrashNote *const m_note;
};

/// Maps the note behind \a descriptor; null when there is none. It stays until the process ends.
CrashNote *mapCrashNote(int descriptor);

} // namespace Fanfare
