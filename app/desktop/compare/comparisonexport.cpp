// SPDX-License-Identifier: MIT
#include "comparisonexport.h"

#include "comparedruns.h"

#include <fanfare/runs/comparisonhtml.h>

#include <QCoreApplication>
#include <QSaveFile>

namespace Fanfare {

using namespace Qt::StringLiterals;

static Result<void> writeBytes(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    return Error{ErrorCode::Unreadable,
                 QCoreApplication::translate("Fanfare::ComparisonExport",
                                             "The comparison cannot be written to %1: %2. Choose "
                                             "another place.")
                     .arg(path, file.errorString())};
}

Result<void> writeReportPage(const ComparedRuns &compared, const QString &path)
{
    return writeBytes(path,
                      htmlOf(compared.comparison, compared.report, compared.left.value(0),
                             compared.right.value(0)));
}

} // namespace Fanfare
