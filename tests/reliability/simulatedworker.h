// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/processes/supervisor.h>

#include <deque>
#include <random>

/// What a simulated worker says.
struct SimulatedReply
{
    enum class Kind : std::uint8_t {
        Welcome,
        Loaded,
        LoadFailed,
        Started,
        Finished,
        CancelAck,
        Recalled,
        Pong
    };

    Kind kind = Kind::Welcome;
    std::uint64_t number = 0; ///< of the handler or the task
    Fanfare::Outcome outcome = Fanfare::Outcome::Succeeded;
    Fanfare::PoolTime time = 0;
};

/// The process behind a slot, its pipes and what it is about to do. Plain state: the world decides
/// what happens next.
struct SimulatedWorker
{
    bool hasProcess = false; ///< was started, and its end was not told yet
    bool isAlive = false;    ///< runs
    bool isOpen = false;     ///< its output was not read to the end yet
    bool isHeldOpen = false; ///< a grandchild holds the pipe
    bool isHanging = false;  ///< does nothing any more
    bool isDraining = false;
    std::deque<SimulatedReply> output; ///< written, not yet read
    std::deque<Fanfare::TaskNumber> queued;
    Fanfare::TaskNumber running = 0;
    bool isStopRequested = false; ///< for what is running
    std::uint64_t loading = 0;    ///< handler + 1; 0: none
    bool isGreeting = false;      ///< has not said its welcome
    std::uint32_t memory = 5000;  ///< KiB
};
