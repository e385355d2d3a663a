// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

/// One schedule of a simulated process pool: everything follows from its seed.
struct ScheduleResult
{
    std::string broken; ///< what was wrong, or empty
    std::uint64_t events = 0;
    std::uint64_t tasks = 0;
    std::uint64_t deaths = 0;
};

/// A fault of the world that no supervisor can make good: a check of the checks.
enum class PlantedFault : std::uint8_t {
    None,
    LostStart, ///< now and then a worker forgets to say that it started a task
};

ScheduleResult runSchedule(std::uint64_t seed, PlantedFault fault, bool isVerbose);
