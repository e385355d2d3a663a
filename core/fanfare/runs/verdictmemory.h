// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/runsamples.h>

#include <utility>

namespace Fanfare {

/// Empty, or how memory explains \a cpu nanoseconds more of CPU time that a task of \a worse needs:
/// the end of a sentence. [any]
QString pageClause(const RunSamples &better, const RunSamples &worse, double cpu);

/// Empty, or which of two sides that take the same time pays more memory for it; \a names are
/// those of a and b. [any]
QString memorySentence(const RunSamples &a, const RunSamples &b,
                       const std::pair<QString, QString> &names);

} // namespace Fanfare
