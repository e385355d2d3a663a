// SPDX-License-Identifier: MIT
#pragma once

#include <QCborValue>

namespace Fanfare {

/// The integer that \a value is, or \a other. For bytes from another process or a file: unlike
/// QCborValue::toInteger() it takes no floating-point number, which may be too big for an integer.
inline qint64 integerOf(const QCborValue &value, qint64 other = 0)
{
    return value.isInteger() ? value.toInteger() : other;
}

} // namespace Fanfare
