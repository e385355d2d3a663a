// SPDX-License-Identifier: MIT
#pragma once

#include "validate/finding.h"
#include "validate/stages.h"

#include <QList>

#include <chrono>

namespace Fanfare::Validate {

/// How long a stage may take.
inline constexpr std::chrono::seconds stageTime{120};

/// Runs the stage \a order in a process of its own, in an empty folder that is removed afterwards,
/// with HOME and TMPDIR in it, and kills it and all that it started when it is over or takes longer
/// than stageTime. Its crash, its hanging and its leaving early are findings as well. blocks
QList<Finding> runStageProcess(const StageOrder &order);

} // namespace Fanfare::Validate
