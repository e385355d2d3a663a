// SPDX-License-Identifier: MIT
#include "fanfare/events/emissionids.h"

#include <array>

namespace Fanfare {

namespace {

/// What a thread has of the numbers of one emitter.
struct Block
{
    quint64 emitter = 0; ///< 0: none
    quint64 next = 0;
    quint64 left = 0;
};

} // namespace

/// Of the emitters that a thread used last. Numbers of a block that is replaced are never given
/// out.
static constinit thread_local std::array<Block, 4> blocks{};

static quint64 nextEmitter()
{
    static constinit std::atomic<quint64> last = 0;
    return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

EmissionIds::EmissionIds()
    : m_emitter(nextEmitter())
{
}

EmissionId EmissionIds::take(quint32 count)
{
    Block &block = blocks[m_emitter % blocks.size()];
    if (block.emitter != m_emitter || block.left < count) {
        const quint64 taken = count + blockSize - 1;
        block = {m_emitter, m_last.fetch_add(taken, std::memory_order_relaxed) + 1, taken};
    }
    const quint64 first = block.next;
    block.next += count;
    block.left -= count;
    return EmissionId(first);
}

} // namespace Fanfare
