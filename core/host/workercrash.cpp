// SPDX-License-Identifier: MIT
#include "workercrash.h"

#include "crashsignals.h"

#include <fanfare/executors/currenttask.h>

#include <cerrno>
#include <csetjmp>
#include <cstdlib>
#include <fcntl.h>
#include <ucontext.h>
#include <unistd.h>
#include <unwind.h>

namespace Fanfare {

static const int dumpSignal = SIGRTMIN + 3;

static CrashNote *crashNote = nullptr; // a signal handler has no argument for it
static volatile sig_atomic_t isLooking = 0;
static sigjmp_buf lookFailed;

static void noteRegisters(CrashNote &note, const ucontext_t &context)
{
#if defined(__x86_64__)
    note.pc = quint64(context.uc_mcontext.gregs[REG_RIP]);
    const auto stack = quint64(context.uc_mcontext.gregs[REG_RSP]);
#elif defined(__aarch64__)
    note.pc = context.uc_mcontext.pc;
    const auto stack = context.uc_mcontext.sp;
#else
    const quint64 stack = 0;
#endif
    if (stack != 0 && stack % sizeof(quint64) == 0)
        note.returnAddress = *reinterpret_cast<const quint64 *>(stack);
}

static void noteTask(CrashNote &note)
{
    const Context *const context = currentContext();
    note.taskIndex = context ? quint32(context->taskIndex()) : 0;
    note.emission = context ? context->emissionId() : 0;
}

static void noteMaps(CrashNote &note)
{
    const int file = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return;
    quint32 size = 0;
    while (size < CrashNote::maximumMaps) {
        const ssize_t count = read(file, note.maps.data() + size, CrashNote::maximumMaps - size);
        if (count <= 0)
            break;
        size += quint32(count);
    }
    note.mapsSize.store(size);
    close(file);
}

/// Frame by frame, so that those before a smashed one are not lost with it.
static _Unwind_Reason_Code noteFrame(_Unwind_Context *context, void *argument)
{
    CrashNote &note = *static_cast<CrashNote *>(argument);
    const quint32 count = note.frameCount.load();
    if (count == CrashNote::maximumFrames)
        return _URC_END_OF_STACK;
    note.frames[count] = _Unwind_GetIP(context);
    note.frameCount.store(count + 1);
    return _URC_NO_REASON;
}

/// What needs a stack and memory that are still usable. A signal in here ends the look, not the
/// note.
static void lookAround(CrashNote &note, const ucontext_t &context)
{
    noteMaps(note);
    isLooking = 1;
    if (sigsetjmp(lookFailed, 1) == 0)
        noteRegisters(note, context);
    note.frameCount.store(0);
    if (sigsetjmp(lookFailed, 1) == 0)
        _Unwind_Backtrace(&noteFrame, &note);
    isLooking = 0;
}

static void noteThread(int signal, siginfo_t *info, void *context)
{
    CrashNote &note = *crashNote;
    const bool isOwnFault = info->si_code > 0; // else somebody sent it, and there is no address
    note.code = info->si_code;
    note.address = isOwnFault ? quint64(info->si_addr) : 0;
    noteTask(note);
    note.signal.store(signal); // complete enough to be used
    lookAround(note, *static_cast<const ucontext_t *>(context));
}

static void noteCrash(int signal, siginfo_t *info, void *context)
{
    static std::atomic<bool> isTaken = false;
    if (isLooking)
        siglongjmp(lookFailed, 1);
    if (!isTaken.exchange(true)) { // the first thread to crash counts
        crashNote->isDump.store(0);
        noteThread(signal, info, context);
    }
}

static void noteDump(int signal, siginfo_t *info, void *context)
{
    const int formerError = errno;
    crashNote->isDump.store(1);
    noteThread(signal, info, context);
    errno = formerError;
}

static void leaveAtOnce(int status, void *)
{
    _exit(status);
}

void installWorkerCrashHandler(CrashNote &note)
{
    crashNote = &note;
    _Unwind_Backtrace(&noteFrame, &note); // loads what it needs now: a crashed process could not
    note.frameCount.store(0);
    catchCrashes(&noteCrash);
    struct sigaction action
    {
    };
    action.sa_sigaction = &noteDump;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
    sigaction(dumpSignal, &action, nullptr);
    on_exit(&leaveAtOnce, nullptr);
}

void noteWhereItIs(pthread_t thread)
{
    if (crashNote)
        pthread_kill(thread, dumpSignal);
}

} // namespace Fanfare
