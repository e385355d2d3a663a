// SPDX-License-Identifier: MIT
#include "validate/stages.h"

#include "validate/handlerstage.h"
#include "validate/loadstage.h"

#include <QCoreApplication>

#include <csignal>
#include <sys/resource.h>
#include <unistd.h>

namespace Fanfare::Validate {

QStringList StageOrder::toArguments() const
{
    return {u"--stage"_qs, stage, plugin, handler, QString::number(seed), QString::number(runs)};
}

StageOrder StageOrder::fromArguments(const QStringList &arguments)
{
    return {arguments.value(1), arguments.value(2), arguments.value(3),
            arguments.value(4).toULongLong(), arguments.value(5).toInt()};
}

int runStage(int argc, char **argv)
{
    const rlimit none{};
    setrlimit(RLIMIT_CORE, &none);
    std::signal(SIGPIPE, SIG_IGN); // as in a worker
    const QCoreApplication application(argc, argv);
    QCoreApplication::setLibraryPaths({});
    StageChannel channel;
    const auto order = StageOrder::fromArguments(QCoreApplication::arguments().mid(1));
    if (order.stage == u"load")
        LoadStage(order, channel).run();
    else if (order.stage == u"reload")
        checkReloading(order, channel);
    else
        HandlerStage(order, channel).run();
    channel.done();
    _exit(0); // threads of the plugin may still run
}

} // namespace Fanfare::Validate
