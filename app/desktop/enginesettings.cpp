// SPDX-License-Identifier: MIT
#include "enginesettings.h"

#include <QSettings>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr QLatin1StringView executorKey("engine/executor");

ExecutorKind savedExecutor(const QSettings &settings)
{
    return executorNamed(settings.value(executorKey).toString()).value_or(ExecutorKind::Threads);
}

void saveExecutor(QSettings &settings, ExecutorKind executor)
{
    settings.setValue(executorKey,
                      executor == ExecutorKind::Processes ? u"processes"_s : u"threads"_s);
}

std::optional<ExecutorKind> executorNamed(const QString &name)
{
    if (name == "threads"_L1)
        return ExecutorKind::Threads;
    if (name == "processes"_L1)
        return ExecutorKind::Processes;
    return {};
}

} // namespace Fanfare
