// SPDX-License-Identifier: MIT
#include "framelog.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace Fanfare {

using namespace Qt::StringLiterals;

Result<void> writeFrameLog(const std::vector<double> &frames, const QString &path)
{
    QJsonArray array;
    for (double milliseconds : frames)
        array.append(milliseconds);
    const QByteArray json = QJsonDocument(QJsonObject{{u"frameMs"_s, array}}).toJson();
    QFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(json) == json.size())
        return {};
    return Error{ErrorCode::Unreadable,
                 QCoreApplication::translate("Fanfare::FrameLog",
                                             "The frame times cannot be written to %1: %2.")
                     .arg(path, file.errorString())};
}

} // namespace Fanfare
