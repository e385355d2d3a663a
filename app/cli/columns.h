// SPDX-License-Identifier: MIT
#pragma once

#include "cli/output.h"

#include <QList>
#include <QStringList>

namespace Fanfare::Cli {

/// Writes \a rows, all of the same length and the first of them the heading, below one another.
void writeColumns(const QList<QStringList> &rows, Output &output);

} // namespace Fanfare::Cli
