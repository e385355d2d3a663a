// SPDX-License-Identifier: MIT
#pragma once

#include "models/runmodel.h"

namespace Fanfare {

/// Why the engine ended and what that cost, in one or two sentences: "The engine stopped: signal
/// 11 (SIGSEGV) in chaos / segfault. 3 tasks were lost." Asked before \a model applies the end.
QString endSentence(const EngineEndFact &end, const RunModel &model);

/// Which handlers run on although they were asked to stop: "1 task does not react to Stop: chaos /
/// hang. Restart the engine to end all of them." \a hanging are those tasks, at least one.
QString hangSentence(const RunModel &model, const std::vector<OpenTask> &hanging);

} // namespace Fanfare
