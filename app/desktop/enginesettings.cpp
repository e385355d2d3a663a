// SPDX-License-Identifier: MIT
#include "enginesettings.h"

#include "preferences/preferences.h"

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

int savedWorkers(const Preferences &preferences)
{
    return preferences.value(u"engine/workers"_s).toInt();
}

quint64 savedQueueBound(const Preferences &preferences)
{
    return preferences.value(u"engine/queueBound"_s).toULongLong();
}

FullPolicy savedFullPolicy(const Preferences &preferences)
{
    return policyNamed(preferences.value(u"engine/onFull"_s).toString())
        .value_or(EngineOptions().onFull);
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
