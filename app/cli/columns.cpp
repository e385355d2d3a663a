// SPDX-License-Identifier: MIT
#include "cli/columns.h"

namespace Fanfare::Cli {

void writeColumns(const QList<QStringList> &rows, Output &output)
{
    QList<qsizetype> widths(rows.first().size(), 0);
    for (const QStringList &row : rows) {
        for (qsizetype i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], row[i].size());
    }
    for (const QStringList &row : rows) {
        QString line;
        for (qsizetype i = 0; i + 1 < row.size(); ++i)
            line += row[i].leftJustified(widths[i] + 2);
        output.line(line + row.last());
    }
}

} // namespace Fanfare::Cli
