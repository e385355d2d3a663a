// SPDX-License-Identifier: MIT
#include "enginesettings.h"

#include "preferences/preferences.h"

#include <fanfare/cluster/brokertransport.h>
#include <fanfare/engine/runfacts.h>

#include <QSettings>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr QLatin1StringView executorKey("engine/executor");
static constexpr QLatin1StringView brokerKey("cluster/broker");
static constexpr QLatin1StringView passwordFileKey("cluster/passwordFile");
static constexpr QLatin1StringView plainTextKey("cluster/plainText");

ExecutorKind savedExecutor(const QSettings &settings)
{
    return executorNamed(settings.value(executorKey).toString()).value_or(ExecutorKind::Threads);
}

void saveExecutor(QSettings &settings, ExecutorKind executor)
{
    settings.setValue(executorKey, executorName(executor));
}

BrokerChoice savedBroker(const QSettings &settings)
{
    return {settings.value(brokerKey).toString(), settings.value(passwordFileKey).toString(),
            settings.value(plainTextKey).toBool()};
}

void saveBroker(QSettings &settings, const BrokerChoice &broker)
{
    settings.setValue(brokerKey, broker.url);
    settings.setValue(passwordFileKey, broker.passwordFile);
    settings.setValue(plainTextKey, broker.allowsPlainText);
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
    if (name == "cluster"_L1 && hasBrokerTransport())
        return ExecutorKind::Cluster;
    return {};
}

} // namespace Fanfare
