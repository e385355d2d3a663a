// SPDX-License-Identifier: MIT
// bench_process: what tasks in worker processes cost, side by side with what others cost. The
// options are those of bench_emit.
#include "benchprogram.h"
#include "processcases.h"
#include "processworker.h"

#include <cstdlib>
#include <cstring>

using namespace Fanfare::Bench;

int main(int argc, char *argv[])
{
    if (argc == 4 && std::strcmp(argv[1], "--answer") == 0) // a bare worker, see processworker.h
        return answerAll(std::atoll(argv[2]), std::atoll(argv[3]));
    return runProgram(argc, argv, {&processFamilies, {}});
}
