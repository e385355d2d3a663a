// SPDX-License-Identifier: MIT
#pragma once

#include "benchrun.h"

#include <QJsonArray>

namespace Fanfare::Bench {

/// What a benchmark program measures.
struct BenchProgram
{
    std::function<std::vector<Family>(const BenchSettings &)> families;
    QJsonArray leftOut; ///< what is not measured here, and how to change that
};

/// The main() of a benchmark program: [--only TEXT] [--rounds N] [--scale FACTOR] [--table]
/// [--json FILE] [--list]. JSON or Markdown goes to stdout, progress to stderr. It makes a
/// QCoreApplication unless there is one.
int runProgram(int argc, char **argv, const BenchProgram &program);

[[noreturn]] void fail(const char *what);

double processCpu(); ///< seconds of processor time, of all threads

} // namespace Fanfare::Bench
