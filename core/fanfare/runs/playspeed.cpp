// SPDX-License-Identifier: MIT
#include "fanfare/runs/playspeed.h"

#include <cmath>

namespace Fanfare {

using namespace Qt::StringLiterals;
using std::chrono::nanoseconds;

Result<PlaySpeed> playSpeed(const QString &text)
{
    if (text == u"max")
        return asFastAsPossible;
    bool isNumber = false;
    const double speed = text.toDouble(&isNumber);
    if (isNumber && speed >= slowestSpeed && speed <= fastestSpeed)
        return speed;
    return Error{ErrorCode::InvalidArgument,
                 u"The speed must be a number from 0.1 to 100, or max for as fast as possible, not "
                 "\"%1\"."_s.arg(text)};
}

QString speedWords(PlaySpeed speed)
{
    return std::isinf(speed) ? u"as fast as possible"_s : u"%1 times"_s.arg(speed);
}

std::vector<ScenarioStep> atSpeed(std::vector<ScenarioStep> steps, PlaySpeed speed)
{
    const bool isUnpaced = std::isinf(speed);
    for (ScenarioStep &step : steps) {
        step.rate = isUnpaced ? 0 : step.rate * speed;
        step.pause = isUnpaced ? nanoseconds(0)
                               : nanoseconds(std::llround(double(step.pause.count()) / speed));
    }
    return steps;
}

std::vector<nanoseconds> plannedTimes(const std::vector<ScenarioStep> &steps)
{
    std::vector<nanoseconds> times;
    nanoseconds now{0};
    for (const ScenarioStep &step : steps) {
        now += step.pause;
        const double distance = step.rate > 0 ? 1e9 / step.rate : 0;
        for (quint64 i = 0; i < step.count; ++i)
            times.push_back(now + nanoseconds(std::llround(distance * double(i))));
        now = times.empty() ? now : times.back();
    }
    return times;
}

} // namespace Fanfare
