// SPDX-License-Identifier: MIT
// S2: another user of the machine can do nothing with an engine and its workers.
#include "bar.h"
#include "barengine.h"

#include <support/versionedplugin.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <array>
#include <csignal>
#include <fcntl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Fanfare;
using namespace Qt::StringLiterals;

static constexpr uid_t nobody = 65534;

/// What another user tried, and what of it worked.
struct Attempts
{
    int tried = 0;
    int succeeded = 0;

    void add(bool hasSucceeded)
    {
        ++tried;
        succeeded += hasSucceeded ? 1 : 0;
    }
};

static bool canOpen(const QByteArray &path, int flags)
{
    const int descriptor = open(path.constData(), flags | O_CLOEXEC);
    if (descriptor >= 0)
        close(descriptor);
    return descriptor >= 0;
}

/// Tries whatever one process can try with another one.
static void attack(qint64 pid, Attempts &attempts)
{
    const QByteArray process = "/proc/" + QByteArray::number(pid);
    attempts.add(kill(pid_t(pid), 0) == 0);
    attempts.add(kill(pid_t(pid), SIGTERM) == 0);
    attempts.add(ptrace(PTRACE_ATTACH, pid_t(pid), nullptr, nullptr) == 0);
    attempts.add(canOpen(process + "/mem", O_RDWR));
    attempts.add(canOpen(process + "/environ", O_RDONLY));
    attempts.add(canOpen(process + "/maps", O_RDONLY));
    for (int descriptor = 0; descriptor < 8; ++descriptor)
        attempts.add(canOpen(process + "/fd/" + QByteArray::number(descriptor), O_RDWR));
    attempts.add(canOpen(process + "/cwd/.", O_RDONLY | O_DIRECTORY));
}

/// Runs all attempts as another user. Nothing when that is not possible.
static std::optional<Attempts> attackAsNobody(const QList<qint64> &pids,
                                              const QList<QByteArray> &paths)
{
    int pipes[2];
    if (geteuid() != 0 || pipe(pipes) != 0)
        return {};
    const pid_t child = fork();
    if (child == 0) {
        Attempts attempts;
        if (setgid(nobody) != 0 || setuid(nobody) != 0)
            _exit(1);
        for (const qint64 pid : pids)
            attack(pid, attempts);
        for (const QByteArray &path : paths)
            attempts.add(canOpen(path, O_RDONLY));
        _exit(write(pipes[1], &attempts, sizeof attempts) == sizeof attempts ? 0 : 1);
    }
    close(pipes[1]);
    Attempts attempts;
    const bool isRead = read(pipes[0], &attempts, sizeof attempts) == sizeof attempts;
    close(pipes[0]);
    waitpid(child, nullptr, 0);
    return isRead ? std::optional(attempts) : std::nullopt;
}

/// Inodes of sockets that listen, or that have a name or an address. A pair that two processes were
/// born with has none of that.
static QSet<QString> reachableSockets()
{
    QSet<QString> inodes;
    for (const QString &name : {u"unix"_s, u"tcp"_s, u"tcp6"_s, u"udp"_s, u"udp6"_s}) {
        QFile file(u"/proc/net/"_s + name);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        for (const QByteArray &line : file.readAll().split('\n')) {
            const QList<QByteArray> fields = line.simplified().split(' ');
            const bool isUnix = name == u"unix";
            const QByteArray inode = fields.value(isUnix ? 6 : 9);
            const bool hasName = fields.size() > 7;
            const bool listens = fields.value(3) == "00010000";
            if (!isUnix || hasName || listens)
                inodes.insert(QString::fromLatin1(inode));
        }
    }
    return inodes;
}

/// Descriptors of \a pid that somebody could connect to.
static int socketsOf(qint64 pid, const QSet<QString> &reachable)
{
    int sockets = 0;
    const QString folder = u"/proc/%1/fd/"_s.arg(pid);
    for (const QString &name : QDir(folder).entryList(QDir::AllEntries | QDir::System)) {
        std::array<char, 64> target{};
        if (readlink(QFile::encodeName(folder + name).constData(), target.data(), 63) <= 0)
            continue;
        const QString text = QString::fromLatin1(target.data());
        sockets +=
            text.startsWith(u"socket:["_s) && reachable.contains(text.mid(8).chopped(1)) ? 1 : 0;
    }
    return sockets;
}

/// The private folders of the workers, and what the engine remembers.
static QList<QByteArray> filesOf(const BarFolder &folder, const QList<qint64> &pids)
{
    QList<QByteArray> paths{QFile::encodeName(folder.state() + u"/quarantine.json"_s)};
    for (const qint64 pid : pids)
        paths.append(QFile::encodeName(QFileInfo(u"/proc/%1/cwd"_s.arg(pid)).symLinkTarget()));
    paths.removeIf([](const QByteArray &path) { return path.isEmpty() || path == "/"; });
    return paths;
}

BarResult runOtherUsers(Effort)
{
    BarResult result;
    BarFolder folder;
    folder.install(u"ruled.so"_s, Test::versionedBuild(1, u"ruled"_s));
    BarEngine engine(folder.options(ExecutorKind::Processes, 4));
    if (!engine.start() || engine.endOf(u"Crash"_s, {{u"what"_s, u"crash"_s}}) != "Crashed"_L1
        || !engine.emitEvent(u"Plain"_s, {{u"what"_s, u"wait"_s}}, 4)
        || !engine.waitForRunning(4)) {
        return {{}, u"Four workers do not run."_s};
    }
    QList<qint64> pids(engine.workers().begin(), engine.workers().end());
    const QList<QByteArray> files = filesOf(folder, pids);
    pids.append(engine.link.pid());
    const QSet<QString> reachable = reachableSockets();
    int sockets = 0;
    for (const qint64 pid : std::as_const(pids))
        sockets += socketsOf(pid, reachable);
    const auto attempts = attackAsNobody(pids, files);
    result.figures = {{u"processes"_s, pids.size()},
                      {u"sockets"_s, sockets},
                      {u"attempts"_s, attempts ? attempts->tried : 0},
                      {u"succeeded"_s, attempts ? attempts->succeeded : 0}};
    if (sockets > 0)
        result.problem += u"There are sockets to connect to. "_s;
    if (attempts && attempts->succeeded > 0)
        result.problem += u"Another user got through. "_s;
    if (geteuid() == 0 && !attempts)
        result.problem += u"The attempts could not be made. "_s;
    return result;
}
