// SPDX-License-Identifier: MIT
#include "fanfare/ipc/payloadmemory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace Fanfare {

/// What lies at the beginning. Each counter has a cache line of its own, and one process that
/// writes it; zeros are where both begin.
struct PayloadMemory::Control
{
    alignas(64) std::atomic<quint64> releasedDown;
    alignas(64) std::atomic<quint64> releasedUp;
};

static constexpr qsizetype controlSize = 4096; // bytes; one page, so that the rooms are aligned
static_assert(std::atomic<quint64>::is_always_lock_free);

qsizetype PayloadMemory::mappedSize()
{
    return controlSize + 2 * roomSize;
}

char *PayloadMemory::map(int descriptor)
{
    void *const memory = mmap(nullptr, size_t(mappedSize()), PROT_READ | PROT_WRITE,
                              MAP_SHARED | MAP_NORESERVE, descriptor, 0);
    if (memory == MAP_FAILED)
        return nullptr;
    madvise(memory, size_t(mappedSize()), MADV_DONTFORK); // it is nobody else's
    madvise(memory, size_t(mappedSize()), MADV_DONTDUMP);
    return static_cast<char *>(memory);
}

std::unique_ptr<PayloadMemory> PayloadMemory::create()
{
    const int descriptor = memfd_create("fanfare-payloads", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    char *memory = nullptr;
    if (descriptor >= 0 && ftruncate(descriptor, mappedSize()) == 0) {
        // A worker that could make it smaller could end its host by that.
        fcntl(descriptor, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL);
        memory = map(descriptor);
    }
    if (memory)
        return std::unique_ptr<PayloadMemory>(new PayloadMemory(descriptor, memory, End::Host));
    close(descriptor);
    return nullptr;
}

std::unique_ptr<PayloadMemory> PayloadMemory::open(int descriptor)
{
    char *const memory = descriptor >= 0 ? map(descriptor) : nullptr;
    close(descriptor); // handlers find no descriptor to write to
    if (!memory)
        return nullptr;
    return std::unique_ptr<PayloadMemory>(new PayloadMemory(-1, memory, End::Worker));
}

PayloadMemory::PayloadMemory(int descriptor, char *memory, End end)
    : m_descriptor(descriptor)
    , m_memory(memory)
    , m_writer({memory + controlSize + (end == End::Host ? 0 : roomSize), size_t(roomSize)},
               end == End::Host ? reinterpret_cast<Control *>(memory)->releasedDown
                                : reinterpret_cast<Control *>(memory)->releasedUp)
    , m_reader({memory + controlSize + (end == End::Host ? roomSize : 0), size_t(roomSize)},
               end == End::Host ? reinterpret_cast<Control *>(memory)->releasedUp
                                : reinterpret_cast<Control *>(memory)->releasedDown)
{
}

PayloadMemory::~PayloadMemory()
{
    munmap(m_memory, size_t(mappedSize()));
    if (m_descriptor >= 0)
        close(m_descriptor);
}

} // namespace Fanfare
