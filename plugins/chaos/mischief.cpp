// SPDX-License-Identifier: MIT
#include "mischief.h"

#include <QStringList>

#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <latch>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <sys/mman.h>
#include <thread>
#include <unistd.h>

using namespace Qt::StringLiterals;
using Fanfare::Context;

/// Not null, which a compiler may take for unreachable, nor a constant, which it warns about.
static volatile quintptr unmapped = 8;

/// Keeps compilers from leaving out memory that is written and never read.
static void use(void *memory)
{
    asm volatile("" : : "r"(memory) : "memory");
}

static QCborValue throwError(Context &)
{
    throw std::runtime_error("Chaos was asked to throw");
}

static QCborValue segfault(Context &)
{
    *reinterpret_cast<volatile int *>(unmapped) = 1;
    return {};
}

static QCborValue abortProcess(Context &)
{
    std::abort();
}

/// Ignores the stop token on purpose: only killing its process ends it.
static QCborValue hang(Context &)
{
    for (;;)
        std::this_thread::sleep_for(std::chrono::hours(1));
}

/// Without the exit handlers of the process: they would wait for the very worker that runs this.
static QCborValue exitProcess(Context &)
{
    std::_Exit(3);
}

/// Two threads, each with the lock that the other one wants.
static QCborValue deadlock(Context &)
{
    std::mutex first;
    std::mutex second;
    std::latch bothLocked(2);
    const auto take = [&](std::mutex &own, std::mutex &other) {
        const std::lock_guard has(own);
        bothLocked.arrive_and_wait();
        const std::lock_guard wants(other);
    };
    std::thread beside(take, std::ref(second), std::ref(first));
    take(first, second);
    beside.join();
    return {};
}

static QCborValue exitWell(Context &)
{
    std::exit(0);
}

static QCborValue spin(Context &)
{
    for (std::atomic<int> turns = 0;;)
        ++turns;
}

static QCborValue divideByZero(Context &)
{
    volatile int zero = 0;
    return 100 / zero; // 1 / zero would become a comparison
}

static QCborValue illegalInstruction(Context &)
{
#if defined(__x86_64__)
    asm volatile("ud2");
#else
    std::raise(SIGILL);
#endif
    return {};
}

/// Reads a page of a file behind the end of the file.
static QCborValue busError(Context &)
{
    FILE *const file = std::tmpfile();
    void *const memory = mmap(nullptr, 4096, PROT_READ, MAP_SHARED, fileno(file), 0);
    return *static_cast<volatile int *>(memory);
}

[[gnu::noinline]] static int descend(int depth)
{
    volatile char room[4096];
    room[0] = char(depth);
    return depth < 0 ? 0 : descend(depth + 1) + room[0];
}

static QCborValue overflowStack(Context &)
{
    return descend(0);
}

static QCborValue overflowThreadStack(Context &)
{
    std::thread([] { descend(0); }).join();
    return {};
}

static QCborValue segfaultInThread(Context &context)
{
    std::thread([&] { segfault(context); }).join();
    return {};
}

static QCborValue throwInThread(Context &context)
{
    std::thread([&] { throwError(context); }).join();
    return {};
}

static QCborValue freeTwice(Context &)
{
    void *volatile memory = std::malloc(2000);
    std::free(memory);
    std::free(memory);
    return {};
}

static QCborValue corruptHeap(Context &)
{
    char *volatile memory = static_cast<char *>(std::malloc(2000));
    std::memset(memory - 8, 0x41, 8); // the size that the heap notes before it
    std::free(memory);
    return {};
}

[[gnu::noinline]] static void overrun(char *room)
{
    std::memset(room, 0x41, 256);
}

[[gnu::optimize("stack-protector-all")]] static QCborValue smashStack(Context &)
{
    std::array<char, 16> room;
    overrun(room.data());
    return int(room[0]);
}

struct Abstract
{
    Abstract() { callEarly(); }
    virtual ~Abstract() = default;
    [[gnu::noinline]] void callEarly() { run(); }
    virtual void run() = 0;
};

struct Concrete final : Abstract
{
    void run() override { }
};

static QCborValue callPureVirtual(Context &)
{
    const Concrete object;
    return {};
}

static QCborValue jumpNowhere(Context &)
{
    void (*volatile function)() = reinterpret_cast<void (*)()>(unmapped);
    function();
    return {};
}

static QCborValue killItself(Context &)
{
    std::raise(SIGKILL);
    return {};
}

static QCborValue stopItself(Context &)
{
    std::raise(SIGSTOP);
    return {};
}

/// The child stays until somebody kills it; its process id is the result.
static QCborValue forkProcess(Context &)
{
    const pid_t child = fork();
    if (child == 0) {
        for (;;)
            pause();
    }
    return qint64(child);
}

static QCborValue closeDescriptors(Context &)
{
    for (int descriptor = 0; descriptor < 256; ++descriptor)
        close(descriptor);
    return {};
}

/// Writes into every descriptor there is, as if it were its own.
static QCborValue babble(Context &)
{
    for (int descriptor = 3; descriptor < 256; ++descriptor)
        (void)!write(descriptor, "babble", 6);
    return {};
}

static QCborValue floodErrors(Context &)
{
    const std::string line(1023, 'x');
    for (int i = 0; i < 20 * 1024; ++i) {
        (void)!write(STDERR_FILENO, line.data(), line.size());
        (void)!write(STDERR_FILENO, "\n", 1);
    }
    return {};
}

static QCborValue floodLog(Context &context)
{
    for (int i = 0; i < 100'000; ++i)
        context.print(u"line %1"_s.arg(i));
    return {};
}

/// 8 GiB, and every page of it is used.
static QCborValue allocate(Context &)
{
    const size_t size = size_t(8) << 30;
    const std::unique_ptr<char[]> memory(new char[size]);
    use(memory.get());
    std::memset(memory.get(), 1, size);
    use(memory.get());
    return int(memory[size / 2]);
}

/// 16 MB, which just fits into what a worker may send.
static QCborValue bigResult(Context &)
{
    return QByteArray(16'000'000, 'x');
}

static QCborValue leak(Context &)
{
    const size_t size = 10 * 1024 * 1024;
    void *const memory = std::malloc(size);
    std::memset(memory, 1, size);
    use(memory);
    return {};
}

const std::vector<Mischief> &allMischief()
{
    static const std::vector<Mischief> all{
        {u"throw"_s, u"ChaosThrow"_s, u"Throws an exception"_s, &throwError},
        {u"segfault"_s, u"ChaosSegfault"_s, u"Writes to memory that is not there"_s, &segfault},
        {u"abort"_s, u"ChaosAbort"_s, u"Aborts its process"_s, &abortProcess},
        {u"hang"_s, u"ChaosHang"_s, u"Never returns and never stops"_s, &hang},
        {u"exit"_s, u"ChaosExit"_s, u"Ends its process with exit code 3"_s, &exitProcess},
        {u"exit-well"_s, {}, u"Ends its process as if all were well"_s, &exitWell},
        {u"spin"_s, {}, u"Keeps a processor busy for ever"_s, &spin},
        {u"deadlock"_s, {}, u"Holds a lock and waits for another one for ever"_s, &deadlock},
        {u"divide"_s, {}, u"Divides by zero"_s, &divideByZero},
        {u"illegal"_s, {}, u"Runs what is no instruction"_s, &illegalInstruction},
        {u"bus"_s, {}, u"Reads behind the end of a mapped file"_s, &busError},
        {u"overflow"_s, {}, u"Overflows its stack"_s, &overflowStack},
        {u"overflow-thread"_s, {}, u"Overflows the stack of a thread"_s, &overflowThreadStack},
        {u"segfault-thread"_s, {}, u"Crashes in a thread of its own"_s, &segfaultInThread},
        {u"throw-thread"_s, {}, u"Throws in a thread that catches nothing"_s, &throwInThread},
        {u"free-twice"_s, {}, u"Frees memory twice"_s, &freeTwice},
        {u"corrupt"_s, {}, u"Writes over what the heap notes"_s, &corruptHeap},
        {u"smash"_s, {}, u"Writes over its return address"_s, &smashStack},
        {u"pure"_s, {}, u"Calls a function that has no body"_s, &callPureVirtual},
        {u"jump"_s, {}, u"Jumps to memory that is not there"_s, &jumpNowhere},
        {u"kill"_s, {}, u"Kills its process"_s, &killItself},
        {u"stop"_s, {}, u"Stops its process without ending it"_s, &stopItself},
        {u"fork"_s, {}, u"Leaves a child process behind"_s, &forkProcess},
        {u"close"_s, {}, u"Closes all descriptors"_s, &closeDescriptors},
        {u"babble"_s, {}, u"Writes to descriptors it does not own"_s, &babble},
        {u"flood-errors"_s, {}, u"Writes 20 MiB to standard error"_s, &floodErrors},
        {u"flood-log"_s, {}, u"Writes 100,000 lines"_s, &floodLog},
        {u"big-result"_s, {}, u"Returns 16 MB"_s, &bigResult},
        {u"allocate"_s, {}, u"Uses 8 GiB of memory"_s, &allocate},
        {u"leak"_s, {}, u"Loses 10 MiB of memory"_s, &leak},
    };
    return all;
}

QCborValue runMischief(const QString &kind, Context &context)
{
    QStringList known;
    for (const Mischief &mischief : allMischief()) {
        if (mischief.kind == kind)
            return mischief.run(context);
        known.append(mischief.kind);
    }
    const QString last = known.takeLast();
    const QString sentence = u"Chaos knows no kind \"%1\": use %2 or %3"_s;
    throw std::invalid_argument(sentence.arg(kind, known.join(u", "_s), last).toStdString());
}
