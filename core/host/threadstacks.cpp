// SPDX-License-Identifier: MIT
// Gives every thread of this process a stack for signal handlers, also those that Qt and plugins
// start: without it nothing could be noted about a stack overflow. A definition of pthread_create()
// in the program goes before that of the C library for all libraries. The sanitizers do the same
// for themselves, so this stays out of their way.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <dlfcn.h>
#include <memory>
#include <pthread.h>

namespace {

constexpr std::size_t stackSize = 32 * 1024;

/// The stack of the thread that makes this, until the thread ends.
class SignalStack
{
public:
    SignalStack()
        : m_memory(std::malloc(stackSize))
    {
        if (m_memory)
            use(0);
    }
    ~SignalStack()
    {
        if (!m_memory)
            return;
        use(SS_DISABLE);
        std::free(m_memory);
    }
    SignalStack(const SignalStack &) = delete;
    SignalStack &operator=(const SignalStack &) = delete;

private:
    void use(int flags)
    {
        stack_t stack{};
        stack.ss_sp = m_memory;
        stack.ss_size = stackSize;
        stack.ss_flags = flags;
        sigaltstack(&stack, nullptr);
    }

    void *const m_memory;
};

struct ThreadStart
{
    void *(*function)(void *);
    void *argument;
};

void *runThread(void *argument)
{
    const ThreadStart start = *std::unique_ptr<ThreadStart>(static_cast<ThreadStart *>(argument));
    thread_local const SignalStack stack; // also freed when the thread leaves by pthread_exit()
    (void)&stack;                         // made by being looked at
    return start.function(start.argument);
}

} // namespace

extern "C" __attribute__((visibility("default"))) int pthread_create(
    pthread_t *thread, const pthread_attr_t *attributes, void *(*function)(void *),
    void *argument) noexcept
{
    using Create = int (*)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    static const auto create = reinterpret_cast<Create>(dlsym(RTLD_NEXT, "pthread_create"));
    auto start = std::make_unique<ThreadStart>(ThreadStart{function, argument});
    const int result = create(thread, attributes, &runThread, start.get());
    if (result == 0)
        (void)start.release(); // the thread owns it
    return result;
}

#endif
