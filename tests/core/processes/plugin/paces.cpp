// SPDX-License-Identifier: MIT
#include <fanfare/sdk/handlertable.h>

#include <QCborMap>
#include <QCoroTimer>
#include <QFile>
#include <QObject>

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <fcntl.h>
#include <mutex>
#include <spawn.h>
#include <stdexcept>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace Qt::StringLiterals;
using Fanfare::Context;

static qint64 numberAt(const Context &context, int position)
{
    return context.arguments().positional.at(position).toInteger();
}

static QCborValue nothing(Context &)
{
    return {};
}

static QCborValue echo(Context &context)
{
    return context.arguments().positional.at(0);
}

/// Waits until so many of it run in this process at once.
static QCborValue meet(Context &context)
{
    static std::mutex mutex;
    static std::condition_variable arrived;
    static qint64 present = 0;
    std::unique_lock lock(mutex);
    ++present;
    arrived.notify_all();
    if (!arrived.wait_for(lock, std::chrono::seconds(20),
                          [&] { return present % numberAt(context, 0) == 0; }))
        throw std::runtime_error("nobody else came");
    return {};
}

/// So many bytes.
static QCborValue fill(Context &context)
{
    return QByteArray(numberAt(context, 0), 'f');
}

/// Text that is no valid Unicode.
static QCborValue halfCharacter(Context &)
{
    return QString(QChar(0xd83d));
}

static QCborValue processId(Context &)
{
    return qint64(getpid());
}

/// The environment that the kernel tells of \a process.
static QString environmentOf(qint64 process)
{
    QFile file(u"/proc/%1/environ"_s.arg(process));
    if (!file.open(QIODevice::ReadOnly))
        throw std::runtime_error("an environment cannot be read");
    return QString::fromLocal8Bit(file.readAll().replace('\0', '\n'));
}

/// What a curious plugin finds: its environment as it is now, as the kernel tells of this process,
/// and as it tells of the process that started this one.
static QCborValue environments(Context &)
{
    QByteArray now;
    for (char **entry = environ; entry && *entry; ++entry)
        now += QByteArray(*entry) + '\n';
    return QCborMap{{u"now"_s, QString::fromLocal8Bit(now)},
                    {u"process"_s, environmentOf(getpid())},
                    {u"parent"_s, environmentOf(getppid())}};
}

static QCborValue whoAmI(Context &context)
{
    return QCborArray{qint64(context.emissionId()), context.taskIndex(), context.attempt()};
}

static QCborValue fail(Context &)
{
    throw std::runtime_error("100% broken: %s %n");
}

static QCborValue throwNumber(Context &)
{
    throw 42;
}

static QCborValue killItself(Context &)
{
    raise(SIGKILL);
    return {};
}

/// Dies in the first attempts, as many as the argument says.
static QCborValue dieAtFirst(Context &context)
{
    if (context.attempt() <= numberAt(context, 0))
        raise(SIGKILL);
    return context.attempt();
}

/// Waits so many milliseconds; leaves when it is asked to.
static QCborValue nap(Context &context)
{
    std::mutex mutex;
    std::condition_variable_any condition;
    std::unique_lock lock(mutex);
    const auto time = std::chrono::milliseconds(numberAt(context, 0));
    condition.wait_for(lock, context.stopToken(), time, [] { return false; });
    if (context.stopToken().stop_requested())
        throw std::runtime_error("stopped as asked");
    return {};
}

/// Waits so many milliseconds, whatever it is asked.
static QCborValue sleepDeeply(Context &context)
{
    std::this_thread::sleep_for(std::chrono::milliseconds(numberAt(context, 0)));
    return {};
}

/// Leaves a process behind that is in a session of its own; the argument says how it was started.
static QCborValue leaveSleeper(Context &context)
{
    if (context.arguments().positional.at(0).toString() == u"fork"_s) {
        const pid_t child = fork();
        if (child == 0) {
            setsid();
            execlp("sleep", "sleep", "3600", nullptr);
            _exit(1);
        }
        return qint64(child);
    }
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
    char name[] = "sleep";
    char time[] = "3600";
    char *const arguments[] = {name, time, nullptr};
    pid_t child = 0;
    if (posix_spawnp(&child, name, nullptr, &attributes, arguments, environ) != 0)
        throw std::runtime_error("sleep cannot be started");
    posix_spawnattr_destroy(&attributes);
    return qint64(child);
}

/// Takes so many MiB, and waits until it is asked to stop.
static QCborValue hoard(Context &context)
{
    const std::vector<char> memory(size_t(numberAt(context, 0)) * 1024 * 1024, 'm');
    std::mutex mutex;
    std::condition_variable_any condition;
    std::unique_lock lock(mutex);
    condition.wait_for(lock, context.stopToken(), std::chrono::seconds(60), [] { return false; });
    return qint64(memory.back());
}

static QCborValue say(Context &context)
{
    context.log(Fanfare::LogLevel::Info, context.arguments().positional.at(0).toString());
    return {};
}

/// Notes in the file of the first argument that it starts and that it ends, and waits so many
/// microseconds in between. What stands there was written by tasks, not by a pool.
static QCborValue note(Context &context)
{
    const QByteArray path = context.arguments().positional.at(0).toString().toLocal8Bit();
    const QByteArray task = QByteArray::number(context.emissionId());
    const int file = open(path.constData(), O_WRONLY | O_APPEND | O_CLOEXEC);
    const auto write = [&](const char *what) {
        const QByteArray line = what + task + '\n';
        if (file < 0 || ::write(file, line.constData(), size_t(line.size())) != line.size())
            throw std::runtime_error("the account cannot be written");
    };
    write("start ");
    std::this_thread::sleep_for(std::chrono::microseconds(numberAt(context, 1)));
    write("end ");
    close(file);
    return {};
}

/// Notes in the file of the first argument that it starts. When the second one is not 0, it waits
/// so many microseconds and dies.
static QCborValue noteOrDie(Context &context)
{
    const QByteArray path = context.arguments().positional.at(0).toString().toLocal8Bit();
    const QByteArray line = QByteArray::number(context.emissionId()) + '\n';
    const int file = open(path.constData(), O_WRONLY | O_APPEND | O_CLOEXEC);
    if (file < 0 || ::write(file, line.constData(), size_t(line.size())) != line.size())
        throw std::runtime_error("the account cannot be written");
    close(file);
    if (numberAt(context, 1) == 0)
        return {};
    std::this_thread::sleep_for(std::chrono::microseconds(numberAt(context, 1)));
    raise(SIGKILL);
    return {};
}

static QCoro::Task<QCborValue> napAsync(Context &context)
{
    co_await QCoro::sleepFor(std::chrono::milliseconds(numberAt(context, 0)));
    co_return qint64(context.emissionId());
}

/// Says as much as a task may say, and waits.
static QCoro::Task<QCborValue> talk(Context &context)
{
    for (int i = 0; i < 100; ++i)
        context.log(Fanfare::LogLevel::Info, QString(8000, u'x'));
    co_await QCoro::sleepFor(std::chrono::milliseconds(numberAt(context, 0)));
    co_return {};
}

static QCoro::Task<QCborValue> failLate(Context &)
{
    co_await QCoro::sleepFor(std::chrono::milliseconds(1));
    throw std::logic_error("late");
}

class PacesPlugin final : public QObject, public Fanfare::HandlerTable
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID FANFARE_HANDLER_PLUGIN_IID FILE "paces.json")
    Q_INTERFACES(Fanfare::HandlerPlugin)

public:
    PacesPlugin()
    {
        handler(u"nothing"_s).on(u"Nothing"_s).run(&nothing);
        handler(u"echo"_s).on(u"Echo"_s).run(&echo);
        handler(u"meet"_s).on(u"Meet"_s).run(&meet);
        handler(u"fill"_s).on(u"Fill"_s).run(&fill);
        handler(u"halfCharacter"_s).on(u"HalfCharacter"_s).run(&halfCharacter);
        handler(u"processId"_s).on(u"ProcessId"_s).run(&processId);
        handler(u"environments"_s).on(u"Environments"_s).run(&environments);
        handler(u"whoAmI"_s).on(u"WhoAmI"_s).run(&whoAmI);
        handler(u"fail"_s).on(u"Fail"_s).run(&fail);
        handler(u"throwNumber"_s).on(u"ThrowNumber"_s).run(&throwNumber);
        handler(u"killItself"_s).on(u"KillItself"_s).run(&killItself);
        handler(u"dieAtFirst"_s).on(u"DieAtFirst"_s).run(&dieAtFirst);
        handler(u"nap"_s).on(u"Nap"_s).run(&nap);
        handler(u"halfDone"_s).on(u"HalfDone"_s).run([](Context &context) {
            context.progress(0.5, {});
            return nap(context);
        });
        handler(u"sleepDeeply"_s).on(u"SleepDeeply"_s).run(&sleepDeeply);
        handler(u"leaveSleeper"_s).on(u"LeaveSleeper"_s).run(&leaveSleeper);
        handler(u"hoard"_s).on(u"Hoard"_s).run(&hoard);
        handler(u"say"_s).on(u"Say"_s).run(&say);
        handler(u"note"_s).on(u"Note"_s).run(&note);
        handler(u"noteOrDie"_s).on(u"NoteOrDie"_s).run(&noteOrDie);
        handler(u"napAsync"_s).on(u"NapAsync"_s).start(&napAsync);
        handler(u"talk"_s).on(u"Talk"_s).start(&talk);
        handler(u"failLate"_s).on(u"FailLate"_s).start(&failLate);
    }
};

#include "paces.moc"
