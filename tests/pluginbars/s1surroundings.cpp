// SPDX-License-Identifier: MIT
// The rows of S1 about what surrounds an engine: variables and folders that somebody prepared.
#include "s1surroundings.h"
#include "bar.h"
#include "barengine.h"

#include <support/versionedplugin.h>

#include <QDir>
#include <QFile>

#include <sys/stat.h>
#include <unistd.h>

using namespace Fanfare;
using namespace Qt::StringLiterals;

static constexpr uid_t nobody = 65534;

namespace {

/// Sets a variable of this process for as long as it lives.
class Variable
{
public:
    Variable(const char *name, const QByteArray &value)
        : m_name(name)
        , m_former(qgetenv(name))
        , m_wasSet(qEnvironmentVariableIsSet(name))
    {
        qputenv(name, value);
    }
    ~Variable()
    {
        if (m_wasSet)
            qputenv(m_name, m_former);
        else
            qunsetenv(m_name);
    }
    Variable(const Variable &) = delete;
    Variable &operator=(const Variable &) = delete;

private:
    const char *const m_name;
    const QByteArray m_former;
    const bool m_wasSet;
};

} // namespace

static QByteArray mapsOf(qint64 pid)
{
    QFile file(u"/proc/%1/maps"_s.arg(pid));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// An engine with a worker that runs a handler of \a folder.
static bool runWorker(BarEngine &engine)
{
    return engine.start() && engine.emitEvent(u"Plain"_s, {{u"what"_s, u"wait"_s}})
        && engine.waitForRunning(1) && engine.lastWorker() > 0;
}

/// A library that everything started from here would load first.
static void tryPreload(const BarFolder &folder, QStringList &wrong)
{
#if defined(__SANITIZE_ADDRESS__)
    return; // the sanitizer insists on being the first library, and ends the program
#endif
    const QString library = Test::versionedFixture(u"no-metadata"_s);
    const Variable preload("LD_PRELOAD", QFile::encodeName(library));
    BarEngine engine(folder.options(ExecutorKind::Processes, 1));
    if (!runWorker(engine))
        wrong.append(u"LD_PRELOAD: no worker runs"_s);
    else if (mapsOf(engine.lastWorker()).contains("no-metadata.so"))
        wrong.append(u"LD_PRELOAD reaches a worker"_s);
}

/// A program of the name of the helper, at the front of the search path and in the current folder.
static void tryFakeHelper(const BarFolder &folder, QStringList &wrong)
{
    const QString trap = folder.path() + u"/trap"_s;
    const QString mark = folder.path() + u"/sprung"_s;
    QDir().mkpath(trap);
    for (const QString &name : {u"fanfare-host"_s, u"fanfare-worker"_s}) {
        QFile fake(trap + u'/' + name);
        if (fake.open(QIODevice::WriteOnly))
            fake.write("#!/bin/sh\ntouch '" + QFile::encodeName(mark) + "'\nexit 1\n");
        fake.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    const Variable path("PATH", QFile::encodeName(trap) + ':' + qgetenv("PATH"));
    const QString before = QDir::currentPath();
    QDir::setCurrent(trap);
    EngineOptions options = folder.options(ExecutorKind::Processes, 1);
    options.hostPath.clear(); // as every program does
    BarEngine engine(options);
    if (!runWorker(engine))
        wrong.append(u"fake helper: no worker runs"_s);
    if (QFile::exists(mark))
        wrong.append(u"a program from PATH was started as the helper"_s);
    QDir::setCurrent(before);
}

/// A run-time folder that somebody else owns, who could exchange what lies in it.
static void tryForeignRuntime(const BarFolder &folder, QStringList &wrong)
{
    const QString runtime = folder.path() + u"/runtime"_s;
    QDir().mkpath(runtime);
    chmod(QFile::encodeName(folder.path()), 0755);
    chmod(QFile::encodeName(runtime), 0777);
    if (geteuid() == 0)
        (void)!chown(QFile::encodeName(runtime), nobody, nobody);
    struct stat before = {};
    stat(QFile::encodeName(runtime), &before);
    const Variable variable("XDG_RUNTIME_DIR", QFile::encodeName(runtime));
    BarEngine engine(folder.options(ExecutorKind::Processes, 1));
    if (!runWorker(engine))
        wrong.append(u"foreign XDG_RUNTIME_DIR: no worker runs"_s);
    struct stat after = {};
    stat(QFile::encodeName(runtime), &after);
    const bool isUntouched = before.st_mtim.tv_sec == after.st_mtim.tv_sec
        && before.st_mtim.tv_nsec == after.st_mtim.tv_nsec;
    if (geteuid() == 0 && !isUntouched)
        wrong.append(u"files were made in a run-time folder of somebody else"_s);
}

int trySurroundings(QStringList &wrong)
{
    BarFolder folder;
    folder.install(u"ruled.so"_s, Test::versionedBuild(1, u"ruled"_s));
    tryPreload(folder, wrong);
    tryFakeHelper(folder, wrong);
    tryForeignRuntime(folder, wrong);
    return 3;
}
