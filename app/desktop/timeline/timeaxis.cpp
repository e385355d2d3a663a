// SPDX-License-Identifier: MIT
#include "desktop/timeline/timeaxis.h"

#include <algorithm>
#include <array>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr qint64 microsecond = 1'000;
static constexpr qint64 millisecond = 1'000'000;
static constexpr qint64 second = 1'000'000'000;
static constexpr qint64 minute = 60 * second;
static constexpr qint64 hour = 60 * minute;

qint64 tickStep(double nsPerPixel, double minimumPixels)
{
    const double wanted = nsPerPixel * minimumPixels;
    for (qint64 decade = 1; decade <= 10 * second; decade *= 10) {
        for (const qint64 step : {decade, 2 * decade, 5 * decade}) {
            if (static_cast<double>(step) >= wanted && step <= 20 * second)
                return step;
        }
    }
    constexpr std::array clockSteps{30 * second, minute, 2 * minute, 5 * minute, 10 * minute,
                                    30 * minute, hour,   2 * hour,   6 * hour,   12 * hour};
    for (const qint64 step : clockSteps) {
        if (static_cast<double>(step) >= wanted)
            return step;
    }
    qint64 days = 24 * hour;
    while (static_cast<double>(days) < wanted)
        days *= 2;
    return days;
}

std::vector<RulerTick> rulerTicks(const TimeAxis &axis, int width, qint64 step, qint64 origin)
{
    std::vector<RulerTick> ticks;
    const qint64 offset = axis.begin() - origin;
    qint64 time = offset / step * step;
    if (time < offset)
        time += step;
    for (; axis.xOf(origin + time) <= width; time += step) {
        const TimeFold *fold = axis.folds ? axis.folds->foldAt(origin + time) : nullptr;
        if (fold) // it has no room for ticks, and may be longer than all that is in view
            time = (fold->to - origin - 1) / step * step;
        else
            ticks.push_back({time, axis.xOf(origin + time)});
    }
    return ticks;
}

static QString inUnit(qint64 time, qint64 unit, qint64 step, const QString &name)
{
    int digits = 0;
    for (qint64 grain = unit; step % grain != 0 && grain >= 10; grain /= 10)
        ++digits;
    const double value = static_cast<double>(time) / static_cast<double>(unit);
    return u"%1 %2"_s.arg(QString::number(value, 'f', digits), name);
}

static QString clockText(qint64 time)
{
    const qint64 seconds = time / second;
    const QString rest = u"%1:%2"_s.arg(seconds / 60 % 60, seconds >= 3600 ? 2 : 1, 10, '0'_L1)
                             .arg(seconds % 60, 2, 10, '0'_L1);
    return seconds >= 3600 ? u"%1:%2"_s.arg(seconds / 3600).arg(rest) : rest;
}

QString clockTickText(qint64 time, qint64 step)
{
    constexpr qint64 day = 24 * hour;
    const qint64 ofDay = (time % day + day) % day;
    const QString text =
        u"%1:%2"_s.arg(ofDay / hour, 2, 10, '0'_L1).arg(ofDay / minute % 60, 2, 10, '0'_L1);
    if (step % minute == 0)
        return text;
    int digits = 0;
    for (qint64 grain = second; step % grain != 0 && grain >= 10; grain /= 10)
        ++digits;
    QString seconds =
        u"%1.%2"_s.arg(ofDay / second % 60, 2, 10, '0'_L1).arg(ofDay % second, 9, 10, '0'_L1);
    seconds.truncate(digits == 0 ? 2 : 3 + digits);
    return u"%1:%2"_s.arg(text, seconds);
}

QString tickText(qint64 time, qint64 step)
{
    if (time < 0)
        return u"\u2212"_s + tickText(-time, step);
    if (time == 0)
        return u"0"_s;
    if (time >= minute && step >= second)
        return clockText(time);
    if (time >= second || step >= second)
        return inUnit(time, second, step, u"s"_s);
    if (time >= millisecond)
        return inUnit(time, millisecond, step, u"ms"_s);
    if (time >= microsecond)
        return inUnit(time, microsecond, step, u"\u00b5s"_s);
    return inUnit(time, 1, step, u"ns"_s);
}

} // namespace Fanfare
