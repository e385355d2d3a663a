// SPDX-License-Identifier: MIT
#include "bar.h"

using namespace Qt::StringLiterals;

std::vector<Bar> allBars()
{
    return {
        {u"R1"_s, u"10,000 tasks of 4 ms on 4 workers, one of which is killed every 20 ms"_s,
         &runKills},
        {u"R2"_s, u"the same, killed every 5 ms and every 2 ms"_s, &runMoreKills},
        {u"R3"_s, u"the same with idempotent handlers, killed every 20 ms"_s, &runRetries},
        {u"R4"_s, u"how soon a death is known and a worker is back"_s, &runRepair},
        {u"R5"_s, u"40 of 2,000 tasks kill their worker at every start"_s, &runPoison},
        {u"R6"_s, u"15 kinds of crash, a hundred times each: signal and function are told"_s,
         &runCrashKinds},
        {u"R7"_s, u"handlers that hang, spin, stop or lock themselves out end at their deadline"_s,
         &runDeadlines},
        {u"R8"_s, u"every second task is canceled at a random moment while workers are killed"_s,
         &runCancels},
        {u"R9"_s, u"the program that owns the pool is killed 200 times at random moments"_s,
         &runHostDeaths},
        {u"R10"_s, u"every worker is replaced after two tasks"_s, &runRecycles},
        {u"R11"_s, u"a pool is shut down in six ways at random moments, with kills"_s,
         &runShutdowns},
        {u"R12"_s, u"helpers that are missing, foreign, exit, crash, babble or hang"_s,
         &runBadHosts},
        {u"R13"_s, u"handlers that lose 10 MiB at every run, or want 8 GiB"_s, &runMemory},
        {u"R14"_s, u"200 MiB of errors, a million lines, 160 MB of results"_s, &runFloods},
        {u"R16"_s, u"a million emits into a queue of 10,000, under each policy"_s,
         &runBackPressure},
        {u"R17"_s, u"seeded schedules of deaths, hangs, clock jumps and cancels, simulated"_s,
         &runSimulation},
        {u"R18"_s, u"all interleavings of a small pool: 2 slots, 3 tasks, 3 deaths, 2 cancels"_s,
         &runExhaustiveModel},
        {u"R20"_s, u"tasks that do nothing, counted and recorded, on 2 workers"_s, &runThroughput},
        {u"R21"_s, u"the times of 100,000 tasks are in order while workers are killed"_s,
         &runClocks},
        {u"R22"_s, u"payloads of 24 MiB go there and back while workers are killed"_s,
         &runLargePayloads},
        {u"J1"_s, u"what records a run is killed 500 times at random moments"_s, &runJournal},
        {u"bad-input"_s, u"handlers that fork, close, flood, allocate, hang or exit"_s,
         &runBadInput},
        {u"peers"_s, u"the chaos of R1 on Fanfare and on the process pools of Python"_s, &runPeers},
    };
}
