// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <semaphore>

namespace Fanfare {

class EventLinker;

/// Lends an event linker to subscriptions that may outlive it. The destructor takes it back: it
/// waits for calls that are under way on other threads, and later ones find nothing.
///
/// Threads: borrow() [any]; the destructor [owner, blocks].
class LinkerLending
{
public:
    explicit LinkerLending(EventLinker *linker)
        : m_linker(linker, [returned = m_returned](EventLinker *) { returned->release(); })
    {
    }
    ~LinkerLending()
    {
        m_linker.reset();
        m_returned->acquire();
    }
    LinkerLending(const LinkerLending &) = delete;
    LinkerLending &operator=(const LinkerLending &) = delete;

    std::weak_ptr<EventLinker> borrow() const { return m_linker; }

private:
    std::shared_ptr<std::binary_semaphore> m_returned = std::make_shared<std::binary_semaphore>(0);
    std::shared_ptr<EventLinker> m_linker; ///< deletes nothing
};

} // namespace Fanfare
