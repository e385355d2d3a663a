// SPDX-License-Identifier: MIT
#include "durationtext.h"

#include <QLocale>

#include <cmath>

namespace Fanfare {

using namespace Qt::StringLiterals;

static QString threeDigits(double value)
{
    const int decimals = value < 10 ? 2 : value < 100 ? 1 : 0;
    return QLocale().toString(value, 'f', decimals);
}

QString durationText(qint64 nanoseconds)
{
    const double value = double(nanoseconds);
    const double size = std::abs(value);
    if (size < 1e3)
        return u"%1 ns"_s.arg(nanoseconds);
    if (size < 1e6)
        return threeDigits(value / 1e3) + u" µs"_s;
    if (size < 1e9)
        return threeDigits(value / 1e6) + u" ms"_s;
    if (size < 60e9)
        return threeDigits(value / 1e9) + u" s"_s;
    const qint64 seconds = nanoseconds / 1'000'000'000;
    return u"%1:%2"_s.arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

QString millisecondsText(qint64 nanoseconds)
{
    return QLocale().toString(double(nanoseconds) / 1e6, 'f', 3) + u" ms"_s;
}

QString momentText(qint64 nanoseconds)
{
    const qint64 milliseconds = nanoseconds / 1'000'000;
    const QString seconds = u"%1.%2"_s.arg(milliseconds / 1000 % 60, 2, 10, QLatin1Char('0'))
                                .arg(milliseconds % 1000, 3, 10, QLatin1Char('0'));
    return u"%1:%2"_s.arg(milliseconds / 60'000).arg(seconds);
}

QString memoryText(quint64 kibibytes)
{
    const double value = double(kibibytes);
    if (kibibytes < 1024)
        return u"%1 KiB"_s.arg(kibibytes);
    if (kibibytes < 1024 * 1024)
        return threeDigits(value / 1024) + u" MiB"_s;
    return threeDigits(value / (1024 * 1024)) + u" GiB"_s;
}

} // namespace Fanfare
