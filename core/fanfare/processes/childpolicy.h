// SPDX-License-Identifier: MIT
#pragma once

#include <QProcess>

#include <array>
#include <string>

namespace Fanfare {

/// What a worker gets as its standard input and output; -1: what its QProcess makes.
struct WorkerPipes
{
    int input = -1;
    int output = -1;
};

/// What a worker process may and may not do, from before its first instruction on:
///
/// - a session and process group of its own, so that all it starts can be killed with it;
/// - it dies with the thread that started it;
/// - no new privileges, no core files, at most 256 descriptors and files of 1 GiB;
/// - when memory runs out the system takes it before anything else of the user;
/// - no more processor time, while a sync handler with a deadline runs, than twice what all
///   processors could spend until then, and a second: the worker sets that limit itself;
/// - a bit less processor time than the programs the user works with (nice 5);
/// - no descriptor of this process but its three pipes and the two for crash notes and payloads;
/// - no more of the environment than programs need to run: see workerEnvironment().
struct ChildPolicy
{
    quint64 memoryLimit = 0; ///< bytes of address space, ignored under a sanitizer; 0: none
    std::array<int, 2> inherited{-1, -1}; ///< descriptors that stay open; -1: none
    std::string mark;                     ///< of all that it starts, see RunMark
    WorkerPipes pipes;
};

/// Makes \a process, which is not running, start its program under \a policy.
void applyPolicy(const ChildPolicy &policy, QProcess &process);

/// What a worker sees of the environment of this process: who and where the user is, language,
/// time zone, where programs are, how Qt logs, and what sanitizers and Fanfare itself read. Never a
/// secret that somebody put into a variable of his own or a password of Fanfare's, and nothing that
/// makes the system or Qt load code from other places: LD_PRELOAD and QT_PLUGIN_PATH do not reach a
/// worker, LD_LIBRARY_PATH does as far as neededLibraryPath() says.
QProcessEnvironment workerEnvironment();

} // namespace Fanfare
