// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/ipc/payloadreader.h>
#include <fanfare/ipc/payloadwriter.h>

#include <memory>

namespace Fanfare {

/// The memory that a process pool and one worker share, and nobody else: large arguments go down
/// and large results come up through it, while the pipes carry the records that say where. It is
/// anonymous: no file is left behind, whoever is killed. Its size is fixed, and only what is in use
/// takes memory. See core/decisions/0019.
///
/// Threads: [owner]; PayloadWriter and PayloadReader are each of one thread as well.
class PayloadMemory
{
public:
    static constexpr qsizetype roomSize = 512 * 1024 * 1024; ///< bytes in each direction

    /// New memory, as its host sees it; null when the system has none: then all goes through the
    /// pipes.
    static std::unique_ptr<PayloadMemory> create();

    /// The memory behind \a descriptor, which is closed, as a worker sees it; null when there is
    /// none.
    static std::unique_ptr<PayloadMemory> open(int descriptor);

    ~PayloadMemory();
    PayloadMemory(const PayloadMemory &) = delete;
    PayloadMemory &operator=(const PayloadMemory &) = delete;

    /// What a worker inherits to map it; closed in every other child.
    int descriptor() const { return m_descriptor; }

    PayloadWriter &writer() { return m_writer; } ///< to the other process
    PayloadReader &reader() { return m_reader; } ///< from the other process

    /// Bytes of address space that it takes.
    static qsizetype mappedSize();

private:
    struct Control;
    enum class End : quint8 { Host, Worker };

    PayloadMemory(int descriptor, char *memory, End end);
    static char *map(int descriptor);

    const int m_descriptor;
    char *const m_memory;
    PayloadWriter m_writer;
    PayloadReader m_reader;
};

} // namespace Fanfare
