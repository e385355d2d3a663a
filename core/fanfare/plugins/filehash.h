// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace Fanfare {

/// The SHA-256 of the content of the file \a path, 32 bytes; empty when it cannot be read.
/// See Sha256 for what it costs. [any, blocks]
QByteArray fileHash(const QString &path);

} // namespace Fanfare
