// SPDX-License-Identifier: MIT
#include "cli/brokeroptions.h"

#include "cli/wording.h"

#include <fanfare/cluster/brokertransport.h>

namespace Fanfare::Cli {

using namespace Qt::StringLiterals;

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

Result<BrokerOptions> parseBrokerOptions(const CommandLine &line)
{
    const bool isUsed =
        line.verb == u"cluster" || line.value(u"--executor"_s).split(u',').contains(u"cluster"_s);
    for (const QString &option :
         {u"--broker"_s, u"--broker-password-file"_s, u"--broker-plain-text"_s}) {
        if (line.has(option) && !isUsed)
            return refusal(u"%1 goes with --executor cluster; give both or neither."_s.arg(option));
    }
    if (!isUsed)
        return BrokerOptions();
    if (line.value(u"--broker"_s).isEmpty())
        return refusal(u"A cluster needs the address of its broker: --broker "
                       "amqps://USER@HOST/VHOST."_s);
    BrokerOptions options;
    options.broker = line.value(u"--broker"_s);
    options.secrets = {line.value(u"--broker-password-file"_s), line.has(u"--broker-plain-text"_s)};
    return checked(options);
}

Result<BrokerOptions> parseClusterVerb(const CommandLine &line)
{
    if (line.words != QStringList{u"status"_s}) {
        return refusal(u"cluster needs what to do: fanfare-cli cluster status --broker URL."_s);
    }
    return parseBrokerOptions(line);
}

} // namespace Fanfare::Cli
