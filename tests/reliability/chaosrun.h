// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/events/eventemitter.h>
#include <fanfare/processes/processpoolexecutor.h>

#include <QTemporaryDir>

#include <array>
#include <atomic>
#include <vector>

/// What a run does to a real pool.
struct ChaosPlan
{
    quint64 tasks = 10'000;
    int taskMicroseconds = 4'000;
    int workers = 4;
    std::chrono::microseconds killPause{0}; ///< one random worker is killed so often; 0: none
    std::chrono::seconds killTime{120};     ///< at most; what is open then ends in peace
    bool isIdempotent = false;
    quint64 poisonEvery = 0; ///< each such task kills its worker at every start; 0: none
    quint64 cancelEvery = 0; ///< each such task is canceled at a random moment; 0: none
    Fanfare::Recycling recycling;
    quint64 seed = 1;
};

/// What became of it. The account is that of the tasks themselves: each writes its start and its
/// end to one file, which the pool knows nothing of.
struct ChaosResult
{
    double seconds = 0;
    quint64 kills = 0;
    quint64 recorded = 0; ///< ends that the pool told
    std::array<quint64, Fanfare::outcomeCount> outcomes{};
    quint64 callbacks = 0;
    quint64 lost = 0;               ///< tasks without an end
    quint64 doubled = 0;            ///< tasks with more than one end
    quint64 mostStarts = 0;         ///< of one task, by its own account
    quint64 falseSuccesses = 0;     ///< Succeeded, but it did not write that it ended
    quint64 wrongTimes = 0;         ///< ends whose times are not in order
    std::vector<double> knownAfter; ///< ms from a kill to its being known, sorted
    std::vector<double> readyAfter; ///< ms from a kill to the next worker of that lane, sorted
    quint64 leftProcesses = 0;      ///< children after the shutdown
    quint64 leftDescriptors = 0;    ///< more descriptors than before
    quint64 leftFiles = 0;          ///< more folders of workers than before
    quint64 corrections = 0;        ///< times of workers that were moved
    quint64 calmTasks = 0;          ///< that were open when the killing ended before they did

    quint64 count(Fanfare::Outcome outcome) const { return outcomes[size_t(outcome)]; }

    /// What is wrong with the account whatever was done to the pool; empty when it is exact.
    QString problem(quint64 tasks, quint64 allowedStarts) const;
};

ChaosResult runChaos(const ChaosPlan &plan);

/// The child processes of \a process, or of this one.
std::vector<qint64> childProcesses(qint64 process = 0);

/// False when the process \a pid has ended, even when nobody has heard of it yet.
bool isAlive(qint64 pid);

/// How many descriptors this process has open.
quint64 openDescriptors();

/// How many working folders of workers there are.
quint64 workerFolders();

/// Says on the standard error stream every 10 s that a long run is not dead.
class Progress
{
public:
    void tell(quint64 done, quint64 all);

private:
    qint64 m_next = 0; // ns
};

/// The value below which \a share of the sorted \a values lie; 0 for none.
double percentile(const std::vector<double> &values, double share);

/// The handler \a name of the plugin in \a file, for worker processes only.
Fanfare::HandlerEntryPoint remoteHandler(const QString &file, const QString &plugin,
                                         const QString &name);
