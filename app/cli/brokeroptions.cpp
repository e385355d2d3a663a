// SPDX-License-Identifier: MIT
#include "cli/brokeroptions.h"

#include "cli/wording.h"

#include <fanfare/cluster/brokertransport.h>

#include <cmath>

namespace Fanfare::Cli {

using namespace Qt::StringLiterals;

static constexpr int maximumDeadTasks = 10'000; // what the list holds

static Error refusal(const QString &sentence)
{
    return {ErrorCode::InvalidArgument, sentence};
}

/// Refused here, before anything is started: what can be known without the broker.
static Result<BrokerOptions> checked(const BrokerOptions &options)
{
    if (!hasBrokerTransport())
        return makeBrokerTransport().error();
    if (const auto address = brokerAddress(options.broker, options.secrets); !address)
        return address.error();
    return options;
}

static Result<std::chrono::milliseconds> startTime(const CommandLine &line)
{
    if (!line.has(u"--start-within"_s))
        return std::chrono::milliseconds(0);
    const auto seconds = line.positive(u"--start-within"_s);
    if (!seconds || *seconds > 1e6) // what a broker can hold is 49 days, 4.2e6 s
        return refusal(u"--start-within must be a number of seconds above 0 and up to 1000000, "
                       "not %1; leave it out if tasks may wait as long as it takes."_s.arg(
                           quoted(line.value(u"--start-within"_s))));
    return std::chrono::milliseconds(qint64(std::ceil(*seconds * 1000)));
}

Result<BrokerOptions> parseBrokerOptions(const CommandLine &line)
{
    const bool isUsed =
        line.verb == u"cluster" || line.value(u"--executor"_s).split(u',').contains(u"cluster"_s);
    for (const QString &option :
         {u"--broker"_s, u"--broker-password-file"_s, u"--broker-plain-text"_s}) {
        if (line.has(option) && !isUsed)
            return refusal(u"%1 goes with --executor cluster; give both or neither."_s.arg(option));
    }
    if (line.has(u"--start-within"_s) && !isUsed) {
        return refusal(u"--start-within is about tasks that wait for a host, so it goes with "
                       "--executor cluster only; elsewhere --timeout S ends everything after S "
                       "seconds."_s);
    }
    if (!isUsed)
        return BrokerOptions();
    const Result<std::chrono::milliseconds> startWithin = startTime(line);
    if (!startWithin)
        return startWithin.error();
    if (line.value(u"--broker"_s).isEmpty())
        return refusal(u"A cluster needs the address of its broker: --broker "
                       "amqps://USER@HOST/VHOST."_s);
    BrokerOptions options;
    options.broker = line.value(u"--broker"_s);
    options.secrets = {line.value(u"--broker-password-file"_s), line.has(u"--broker-plain-text"_s)};
    options.startWithin = *startWithin;
    return checked(options);
}

Result<ClusterQuery> parseClusterVerb(const CommandLine &line)
{
    ClusterQuery query;
    if (line.words == QStringList{u"dead"_s}) {
        query.question = ClusterQuestion::Dead;
    } else if (line.words != QStringList{u"status"_s}) {
        return refusal(u"cluster needs what to tell: fanfare-cli cluster status --broker URL, or "
                       "fanfare-cli cluster dead --broker URL."_s);
    } else if (line.has(u"--count"_s)) {
        return refusal(u"--count is how many dead tasks `cluster dead` shows; leave it out of "
                       "`cluster status`."_s);
    }
    if (line.has(u"--count"_s)) {
        query.most = int(line.whole(u"--count"_s, maximumDeadTasks).value_or(0));
        if (query.most == 0)
            return refusal(u"--count must be a whole number from 1 to %1, not %2; leave it out "
                           "for 20."_s.arg(maximumDeadTasks)
                               .arg(quoted(line.value(u"--count"_s))));
    }
    const Result<BrokerOptions> broker = parseBrokerOptions(line);
    if (!broker)
        return broker.error();
    query.broker = *broker;
    return query;
}

} // namespace Fanfare::Cli
