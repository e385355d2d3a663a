// SPDX-License-Identifier: MIT
#pragma once

#include <QDateTime>
#include <QString>
#include <QStringView>
#include <QTimeZone>

#include <algorithm>
#include <cstdlib>
#include <optional>

namespace Fanfare {

/// The texts by which dates and times travel. They are ISO 8601, exact to the millisecond, and say
/// what Qt knows of the zone:
///
///     2026-11-25T20:33:42.000Z                        UTC
///     2026-11-25T20:33:42.000+01:00                   an offset; with seconds where it has some
///     2026-11-25T20:33:42.000+01:00[Europe/Berlin]    a time zone
///     2026-11-25T20:33:42.000+01:00[local]            local time of the machine
///     2026-11-25T20:33:42                             when read: local time too
///
/// Years outside of 0000..9999 have a sign: "+12026-01-31", "-0044-03-15".

/// Whether UTF-8 carries \a text as it is: no lone surrogate, no leading byte order mark. [any]
inline bool isPlainText(QStringView text)
{
    return text.isValidUtf16() && !text.startsWith(QChar::ByteOrderMark);
}

/// "2026-11-25"; \a date must be valid. [any]
inline QString dateText(QDate date)
{
    const int year = date.year();
    const bool isUsual = year >= 0 && year <= 9999;
    const QLatin1String sign(isUsual ? "" : year < 0 ? "-" : "+");
    return QStringLiteral("%1%2-%3-%4")
        .arg(sign)
        .arg(std::abs(year), 4, 10, QLatin1Char('0'))
        .arg(date.month(), 2, 10, QLatin1Char('0'))
        .arg(date.day(), 2, 10, QLatin1Char('0'));
}

/// The date in \a text; an invalid one when there is none. [any]
inline QDate dateFromText(QStringView text)
{
    const auto isDigits = [](QStringView part, qsizetype least) {
        return part.size() >= least && part.size() <= 9
            && std::all_of(part.begin(), part.end(),
                           [](QChar c) { return c >= QLatin1Char('0') && c <= QLatin1Char('9'); });
    };
    const bool hasSign = text.startsWith(QLatin1Char('+')) || text.startsWith(QLatin1Char('-'));
    const QStringView plain = text.mid(hasSign ? 1 : 0);
    const QStringView year = plain.chopped(std::min(plain.size(), qsizetype(6)));
    const QStringView rest = plain.mid(year.size()); // "-11-25"
    if (!isDigits(year, 4) || (!hasSign && year.size() != 4) || rest.size() != 6
        || rest[0] != QLatin1Char('-') || rest[3] != QLatin1Char('-')
        || !isDigits(rest.mid(1, 2), 2) || !isDigits(rest.mid(4, 2), 2)) {
        return {};
    }
    const int number = text.startsWith(QLatin1Char('-')) ? -year.toInt() : year.toInt();
    return QDate(number, rest.mid(1, 2).toInt(), rest.mid(4, 2).toInt());
}

/// "20:33:42.000"; empty for an invalid time. [any]
inline QString timeText(QTime time)
{
    return time.toString(Qt::ISODateWithMs);
}

/// The time in \a text, "20:33", "20:33:42" or with up to three decimals; else an invalid one.
/// [any]
inline QTime timeFromText(QStringView text)
{
    const bool isExact = text.indexOf(QLatin1Char('.')) < 0 || text.size() <= 12;
    return isExact ? QTime::fromString(text.toString(), Qt::ISODateWithMs) : QTime();
}

namespace Detail {

inline QString offsetText(int seconds)
{
    const int magnitude = std::abs(seconds);
    const QTime time(magnitude / 3600, magnitude / 60 % 60, magnitude % 60);
    return (seconds < 0 ? QLatin1Char('-') : QLatin1Char('+'))
        + time.toString(magnitude % 60 ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"));
}

/// Cuts "Z", "+01:00" or "+00:53:28" off the end of \a text. Nothing when it has no offset.
inline std::optional<int> takeOffset(QStringView &text)
{
    if (text.endsWith(QLatin1Char('Z'))) {
        text.chop(1);
        return 0;
    }
    for (const qsizetype length : {6, 9}) {
        const QStringView tail = text.right(length);
        const QTime time = timeFromText(tail.mid(1));
        const bool isPositive = tail.startsWith(QLatin1Char('+'));
        if (tail.size() == length && time.isValid()
            && (isPositive || tail.startsWith(QLatin1Char('-')))) {
            text.chop(length);
            const int seconds = QTime(0, 0).secsTo(time);
            return isPositive ? seconds : -seconds;
        }
    }
    return {};
}

/// Cuts "[Europe/Berlin]" off the end of \a text; null when it has no zone.
inline QString takeZone(QStringView &text)
{
    const qsizetype start = text.indexOf(QLatin1Char('['));
    if (start < 0 || !text.endsWith(QLatin1Char(']')))
        return {};
    const QString zone = text.mid(start + 1).chopped(1).toString();
    text.truncate(start);
    return zone;
}

inline QDateTime inZone(const QDateTime &utc, const QString &zone)
{
    if (zone == QLatin1String("local"))
        return utc.toLocalTime();
    const QTimeZone known(zone.toLatin1());
    return known.isValid() ? utc.toTimeZone(known) : QDateTime();
}

} // namespace Detail

/// \a time must be valid. [any]
inline QString dateTimeText(const QDateTime &time)
{
    const QString text = dateText(time.date()) + QLatin1Char('T') + timeText(time.time());
    if (time.timeSpec() == Qt::UTC)
        return text + QLatin1Char('Z');
    const QString exact = text + Detail::offsetText(time.offsetFromUtc());
    if (time.timeSpec() == Qt::OffsetFromUTC)
        return exact;
    const bool isLocal = time.timeSpec() == Qt::LocalTime;
    const QString zone =
        isLocal ? QStringLiteral("local") : QString::fromLatin1(time.timeZone().id());
    return exact + QLatin1Char('[') + zone + QLatin1Char(']');
}

/// The moment in \a text; an invalid one when there is none, or in a zone this machine lacks. [any]
inline QDateTime dateTimeFromText(const QString &text)
{
    QStringView rest = text;
    const QString zone = Detail::takeZone(rest);
    const qsizetype start = rest.indexOf(QLatin1Char('T'));
    if (start < 0)
        return {};
    const QDate date = dateFromText(rest.left(start));
    rest = rest.mid(start + 1);
    const std::optional<int> offset = Detail::takeOffset(rest);
    const QTime time = timeFromText(rest);
    if (!date.isValid() || !time.isValid() || (!offset && !zone.isNull()))
        return {};
    if (!offset)
        return QDateTime(date, time, Qt::LocalTime);
    const QDateTime utc = QDateTime(date, time, Qt::UTC).addSecs(-*offset);
    if (!zone.isNull())
        return Detail::inZone(utc, zone);
    return *offset == 0 ? utc : utc.toOffsetFromUtc(*offset);
}

} // namespace Fanfare
