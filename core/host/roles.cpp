// SPDX-License-Identifier: MIT
#include "roles.h"

#include "crashhandler.h"
#include "processguard.h"

#include <fanfare/engine/engineserver.h>
#include <fanfare/ipc/pipewriter.h>
#include <fanfare/plugins/probeanswer.h>

#include <QCoreApplication>

#include <cstdio>
#include <cstdlib>
#include <unistd.h>

namespace Fanfare {

static constexpr int usageCode = 2;
static constexpr int lostClientCode = 3;
static constexpr quint64 probeMemory = quint64(1) << 30;
static constexpr std::chrono::milliseconds answerTime{2000};

/// What every role does before any foreign code can run.
static PrivatePipes guardProcess(const char *parent)
{
    const PrivatePipes pipes = takeStandardPipes();
    disableCoreFiles();
    if (!pipes.isValid() || !dieWithParent(std::atoll(parent)))
        std::_Exit(lostClientCode);
    return pipes;
}

int runEngine(int argc, char **argv)
{
    if (argc != 3)
        return usageCode;
    const PrivatePipes pipes = guardProcess(argv[2]);
    QCoreApplication application(argc, argv);
    QCoreApplication::setLibraryPaths({});
    EngineServer server(
        {pipes.input, pipes.output, QCoreApplication::applicationFilePath(), &installCrashHandler});
    QObject::connect(&server, &EngineServer::left, &application, &QCoreApplication::quit,
                     Qt::QueuedConnection);
    // Handlers may still run, and nobody waits for them.
    QObject::connect(&server, &EngineServer::clientLost, [] { std::_Exit(lostClientCode); });
    return QCoreApplication::exec();
}

int runProbe(int argc, char **argv)
{
    if (argc != 4)
        return usageCode;
    const PrivatePipes pipes = guardProcess(argv[2]);
    limitMemory(probeMemory);
    const QCoreApplication application(argc, argv);
    QCoreApplication::setLibraryPaths({});
    PipeWriter writer(pipes.output);
    writer.send(probedFrame, probePlugin(QString::fromLocal8Bit(argv[3])));
    if (!writer.flush(answerTime))
        return lostClientCode;
    std::_Exit(0); // what the plugin does at exit is not part of the question
}

int runWorker(int, char **)
{
    std::fputs("fanfare-host: this version has no worker processes yet\n", stderr);
    return usageCode;
}

} // namespace Fanfare
