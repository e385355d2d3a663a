// SPDX-License-Identifier: MIT
#include "fanfare/processes/childpolicy.h"

#include <fanfare/processes/librarypath.h>
#include <fanfare/processes/runmark.h>

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr rlim_t maximumDescriptors = 256;
static constexpr rlim_t maximumFileSize = rlim_t(1) << 30; // bytes
static constexpr int niceness = 5;
static constexpr char oomScore[] = "500"; // of 1000: before everything that has none

// The functions below run between the fork and the exec of the child, which has this process's
// memory: they make system calls and write no variable.

static void limit(__rlimit_resource resource, rlim_t value)
{
    const rlimit both{value, value};
    setrlimit(resource, &both);
}

static void closeAllBut(const std::array<int, 2> &inherited)
{
    close_range(STDERR_FILENO + 1, ~0u, CLOSE_RANGE_CLOEXEC);
    for (const int descriptor : inherited) {
        if (descriptor >= 0)
            fcntl(descriptor, F_SETFD, 0);
    }
}

static void offerToOomKiller()
{
    const int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (file < 0)
        return;
    (void)!write(file, oomScore, sizeof oomScore - 1);
    close(file);
}

static void becomeWorker(const ChildPolicy &policy, pid_t parent)
{
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) // it died before the line above
        _exit(1);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    offerToOomKiller();
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NOFILE, maximumDescriptors);
    limit(RLIMIT_FSIZE, maximumFileSize);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    if (policy.memoryLimit > 0)
        limit(RLIMIT_AS, policy.memoryLimit);
#endif
    setpriority(PRIO_PROCESS, 0, niceness);
    if (policy.pipes.input >= 0)
        dup2(policy.pipes.input, STDIN_FILENO);
    if (policy.pipes.output >= 0)
        dup2(policy.pipes.output, STDOUT_FILENO);
    closeAllBut(policy.inherited);
}

void applyPolicy(const ChildPolicy &policy, QProcess &process)
{
    QProcessEnvironment environment = workerEnvironment();
    environment.insert(QLatin1StringView(RunMark::variable.data()),
                       QString::fromStdString(policy.mark));
    process.setProcessEnvironment(environment);
    if (policy.pipes.input >= 0)
        process.setStandardInputFile(QProcess::nullDevice());
    if (policy.pipes.output >= 0)
        process.setStandardOutputFile(QProcess::nullDevice());
    process.setChildProcessModifier([policy, parent = getpid()] { becomeWorker(policy, parent); });
}

/// What is for this program and not for the handlers that it runs: the password of a broker.
static bool isSecret(const QString &name)
{
    return name.endsWith(u"_PASSWORD"_s);
}

QProcessEnvironment workerEnvironment()
{
    static const QStringList names{u"HOME"_s,
                                   u"USER"_s,
                                   u"LOGNAME"_s,
                                   u"PATH"_s,
                                   u"LANG"_s,
                                   u"LANGUAGE"_s,
                                   u"TZ"_s,
                                   u"TMPDIR"_s,
                                   u"QT_HASH_SEED"_s,
                                   u"QT_MESSAGE_PATTERN"_s,
                                   u"XDG_RUNTIME_DIR"_s,
                                   u"QT_FATAL_WARNINGS"_s};
    static const QStringList prefixes{u"LC_"_s,    u"FANFARE_"_s, u"QT_LOGGING_"_s, u"ASAN_"_s,
                                      u"UBSAN_"_s, u"LSAN_"_s,    u"TSAN_"_s};
    const QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
    QProcessEnvironment some;
    for (const QString &name : all.keys()) {
        if (isSecret(name))
            continue;
        const bool isKnown = names.contains(name)
            || std::any_of(prefixes.begin(), prefixes.end(),
                           [&](const QString &prefix) { return name.startsWith(prefix); });
        if (isKnown)
            some.insert(name, all.value(name));
    }
    const QString libraryPath = neededLibraryPath(all.value(u"LD_LIBRARY_PATH"_s));
    if (!libraryPath.isEmpty())
        some.insert(u"LD_LIBRARY_PATH"_s, libraryPath);
    return some;
}

} // namespace Fanfare
