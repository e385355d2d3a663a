// SPDX-License-Identifier: MIT
#include "fanfare/plugins/filehash.h"

#include <fanfare/plugins/sha256.h>

#include <QFile>

namespace Fanfare {

static constexpr qsizetype blockSize = 256 * 1024;

QByteArray fileHash(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return {};
    Sha256 hash(file.size());
    QByteArray block(blockSize, Qt::Uninitialized);
    for (;;) {
        const qint64 count = file.read(block.data(), blockSize);
        if (count < 0)
            return {};
        if (count == 0)
            return hash.result();
        hash.add(QByteArrayView(block).first(count));
    }
}

} // namespace Fanfare
