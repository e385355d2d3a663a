// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>
#include <QString>

namespace Fanfare::Bench {

/// What bench_emit writes as JSON, as Markdown: one table a family. A cell is the median [least -
/// greatest] of the rounds and, behind it, the ratio to the first case or to the one it names.
QString markdownTables(const QJsonObject &result);

} // namespace Fanfare::Bench
