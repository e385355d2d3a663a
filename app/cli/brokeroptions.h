// SPDX-License-Identifier: MIT
#pragma once

#include "cli/commandline.h"

#include <fanfare/cluster/brokeraddress.h>

namespace Fanfare::Cli {

/// How a broker is reached, as given.
struct BrokerOptions
{
    QString broker; ///< URL without a password, or empty
    BrokerSecrets secrets;
};

/// The options of \a line about a broker. Errors: what brokerAddress() refuses, InvalidArgument for
/// a broker that is named where none is used or missing where one is, Unsupported when this build
/// has no way to one.
Result<BrokerOptions> parseBrokerOptions(const CommandLine &line);

/// The options of \a line, whose verb is cluster.
Result<BrokerOptions> parseClusterVerb(const CommandLine &line);

} // namespace Fanfare::Cli
