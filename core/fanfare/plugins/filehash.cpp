// SPDX-License-Identifier: MIT
#include "fanfare/plugins/filehash.h"

#include <QCryptographicHash>
#include <QFile>

namespace Fanfare {

QByteArray fileHash(const QString &path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return {};
    return hash.result();
}

} // namespace Fanfare
