// SPDX-License-Identifier: MIT
#pragma once

#include "cli/commandline.h"

#include <fanfare/cluster/brokeraddress.h>

#include <chrono>

namespace Fanfare::Cli {

/// How a broker is reached, as given.
struct BrokerOptions
{
    QString broker; ///< URL without a password, or empty
    BrokerSecrets secrets;
    std::chrono::milliseconds startWithin{0}; ///< see EngineOptions::startWithin
};

/// What `cluster` is asked for.
enum class ClusterQuestion {
    Status,
    Dead, ///< tasks that the broker gave up
};

struct ClusterQuery
{
    ClusterQuestion question = ClusterQuestion::Status;
    BrokerOptions broker;
    int most = 20; ///< dead tasks that are shown
};

/// The options of \a line about a broker. Errors: what brokerAddress() refuses, InvalidArgument for
/// a broker that is named where none is used or missing where one is, for a time that is none,
/// Unsupported when this build
/// has no way to one.
Result<BrokerOptions> parseBrokerOptions(const CommandLine &line);

/// The options of \a line, whose verb is cluster.
Result<ClusterQuery> parseClusterVerb(const CommandLine &line);

} // namespace Fanfare::Cli
