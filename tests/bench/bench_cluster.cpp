// SPDX-License-Identifier: MIT
// bench_cluster: what tasks on other hosts cost, side by side with the bare client library of the
// broker. It starts a broker and agents of its own on loopback. The options are those of
// bench_emit.
#include "benchprogram.h"
#include "clustercases.h"

#include <fanfare/base/heap.h>

#include <support/rabbitbroker.h>

#include <cstdio>

int main(int argc, char *argv[])
{
    Fanfare::returnLargeBlocks(); // as the engine of the app does
    if (const QString missing = Fanfare::Test::RabbitBroker::whyMissing(); !missing.isEmpty()) {
        std::fprintf(stderr, "bench_cluster: %s\n", qPrintable(missing));
        return 77; // skipped
    }
    return Fanfare::Bench::runProgram(argc, argv, {&Fanfare::Bench::clusterFamilies, {}});
}
