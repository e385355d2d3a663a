// SPDX-License-Identifier: MIT
// P4: how long many good plugins take to be usable.
#include "bar.h"
#include "scanning.h"

#include <fanfare/base/clock.h>

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <thread>

using namespace Fanfare;
using namespace Fanfare::Test;
using namespace Qt::StringLiterals;

/// One scan, in ms; -1 when it went wrong.
static double timeOf(Scanning &scanning, int count)
{
    const qint64 start = MonotonicClock::now();
    const bool isComplete = scanning.scan() && scanning.activeCount() == count;
    return isComplete ? double(MonotonicClock::now() - start) / 1e6 : -1;
}

BarResult runStarts(Effort effort)
{
    const int count = effort == Effort::Full ? 200 : 30;
    Scanning scanning;
    for (int i = 0; i < count; ++i)
        writeInPlace(scanning.file(u"plugin-%1.so"_s.arg(i)), pluginNumber(i));
    std::this_thread::sleep_for(std::chrono::milliseconds(3100)); // installed plugins are old

    const double cold = timeOf(scanning, count);
    const qint64 coldGap = scanning.longestGap();
    std::vector<double> warm;
    for (int i = 0; i < 5; ++i)
        warm.push_back(timeOf(scanning, count));
    std::sort(warm.begin(), warm.end());

    BarResult result;
    result.figures = {{u"plugins"_s, count},
                      {u"coldMs"_s, cold},
                      {u"warmMs"_s, warm[2]},
                      {u"warmBestMs"_s, warm[0]},
                      {u"coldGapMs"_s, coldGap}};
    if (cold < 0 || warm[0] < 0)
        result.problem = u"Not all plugins are active."_s;
    else if (effort == Effort::Full && (cold > 2000 || warm[0] > 150))
        result.problem = u"It takes longer than 2 s cold or 150 ms warm."_s;
    return result;
}
