// SPDX-License-Identifier: MIT
#pragma once

#include "validate/validation.h"

namespace Fanfare::Validate {

/// The verdict for people: a line when all is well, else a paragraph per finding.
QString textReport(const Verdict &verdict, const Options &options);

/// The verdict as one line of JSON. Keys are only ever added.
QByteArray jsonReport(const Verdict &verdict, const Options &options);

/// The last line of `--json`.
QByteArray jsonSummary(int plugins, int findings);

/// All checks, for people or as JSON.
QString checkTable();
QByteArray jsonChecks();

} // namespace Fanfare::Validate
