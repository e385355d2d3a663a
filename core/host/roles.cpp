// SPDX-License-Identifier: MIT
#include "roles.h"

#include "clusteragentrole.h"
#include "crashhandler.h"
#include "enginecluster.h"
#include "processguard.h"
#include "workercrash.h"
#include "workersession.h"

#include <fanfare/base/heap.h>
#include <fanfare/cluster/brokeraddress.h>
#include <fanfare/engine/engineserver.h>
#include <fanfare/ipc/pipewriter.h>
#include <fanfare/plugins/probeanswer.h>
#include <fanfare/processes/orphans.h>

#include <QCoreApplication>
#include <QDir>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <malloc.h>
#include <pthread.h>
#include <string_view>
#include <sys/prctl.h>
#include <thread>
#include <unistd.h>

namespace Fanfare {

static constexpr int usageCode = 2;
static constexpr int lostClientCode = 3;
static constexpr quint64 probeMemory = quint64(1) << 30;
static constexpr quint64 probeFiles = 64;
static constexpr std::chrono::milliseconds answerTime{2000};
/// For what a plugin does later, which only one that starts threads can.
static constexpr std::chrono::milliseconds lingerTime{250};

/// What every role does before any foreign code can run.
static PrivatePipes guardProcess(const char *parent)
{
    const PrivatePipes pipes = takeStandardPipes();
    disableCoreFiles();
    if (!pipes.isValid() || !dieWithParent(std::atoll(parent)))
        std::_Exit(lostClientCode);
    return pipes;
}

/// What handlers on threads start can be found as well, at the next start of an engine.
static void markWhatHandlersStart()
{
    qputenv(RunMark::variable.data(),
            QByteArray::fromStdString(RunMark::ofThisProcess(0).toText()));
    std::thread(&killOrphans).detach(); // of former engines; nothing waits for it
}

int runEngine(int argc, char **argv)
{
    if (argc != 3)
        return usageCode;
    const QString password = takeBrokerPassword(); // no handler needs it
    returnLargeBlocks();
    const PrivatePipes pipes = guardProcess(argv[2]);
    QCoreApplication application(argc, argv);
    QCoreApplication::setLibraryPaths({});
    markWhatHandlersStart();
    EngineServer server({pipes.input, pipes.output, QCoreApplication::applicationFilePath(),
                         &installCrashHandler, clusterMakerWith(password)});
    QObject::connect(&server, &EngineServer::left, &application, &QCoreApplication::quit,
                     Qt::QueuedConnection);
    // Handlers may still run, and nobody waits for them.
    QObject::connect(&server, &EngineServer::clientLost, [] { std::_Exit(lostClientCode); });
    return QCoreApplication::exec();
}

/// Of this process.
static auto threadCount()
{
    return QDir(QStringLiteral("/proc/self/task")).count() - 2; // "." and ".."
}

int runProbe(int argc, char **argv)
{
    if (argc != 4)
        return usageCode;
    const PrivatePipes pipes = guardProcess(argv[2]);
    limitMemory(probeMemory);
    limitFiles(probeFiles);
    const QCoreApplication application(argc, argv);
    QCoreApplication::setLibraryPaths({});
    PipeWriter writer(pipes.output);
    const auto reached = [&](ProbeStage stage) {
        writer.send(probeStageFrame, {}, quint64(stage));
        (void)writer.flush(answerTime);
    };
    writer.send(probedFrame, probePlugin(QString::fromLocal8Bit(argv[3]), reached));
    (void)writer.flush(answerTime); // a plugin that closes the pipe is silent
    if (threadCount() > 1)
        std::this_thread::sleep_for(lingerTime);
    std::_Exit(0); // what the plugin does at exit is not part of the question
}

/// Handlers that allocate much run 1.7 times as fast when the heap is not given back in between,
/// and large arguments and results cost no page faults when they come from the heap as well.
static void keepHeap()
{
    mallopt(M_MMAP_THRESHOLD, 32 * 1024 * 1024);
    mallopt(M_TRIM_THRESHOLD, 256 * 1024 * 1024);
    mallopt(M_TOP_PAD, 16 * 1024 * 1024);
}

/// Maps what \a descriptor stands for, if it stands for anything, and closes it.
static void useCrashNote(int descriptor)
{
    if (CrashNote *note = descriptor >= 0 ? mapCrashNote(descriptor) : nullptr)
        installWorkerCrashHandler(*note);
    close(descriptor);
}

static std::atomic<pid_t> forkingProcess = 0; ///< of all threads that fork the same

static void noteWhoForks()
{
    forkingProcess = getpid();
}

/// What a handler forks goes when its worker goes, also when that was before this line.
static void dieWithWorker()
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != forkingProcess)
        kill(getpid(), SIGKILL);
}

int runWorker(int argc, char **argv)
{
    if (argc > 2 && std::string_view(argv[2]).starts_with("--"))
        return runClusterAgent(argc, argv);
    if (argc != 5)
        return usageCode;
    const PrivatePipes pipes = guardProcess(argv[2]);
    auto payloads = PayloadMemory::open(std::atoi(argv[4]));
    useCrashNote(std::atoi(argv[3]));
    keepHeap();
    std::signal(SIGPIPE, SIG_IGN); // a lost host is noticed by the error of the write
    pthread_atfork(&noteWhoForks, nullptr, &dieWithWorker);
    const QCoreApplication application(argc, argv);
    QCoreApplication::setLibraryPaths({});
    // Never destroyed: its threads run until the process ends.
    new WorkerSession(pipes.input, pipes.output, std::move(payloads), &noteWhereItIs);
    return QCoreApplication::exec();
}

} // namespace Fanfare
