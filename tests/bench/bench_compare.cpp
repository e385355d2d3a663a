// SPDX-License-Identifier: MIT
// bench_compare: whether the window stays smooth while two runs are compared beside it. The options
// are those of bench_emit. It paints into the platform QT_QPA_PLATFORM names.
#include "benchprogram.h"
#include "busyrun.h"

#include "desktop/compare/comparedtimelines.h"
#include "desktop/compare/comparepage.h"
#include "desktop/compare/compareview.h"
#include "desktop/runs/openedrun.h"

#include <fanfare/base/clock.h>

#include <QApplication>
#include <QEventLoop>
#include <QTemporaryDir>
#include <QTimer>

#include <ctime>
#include <memory>
#include <unistd.h>

using namespace Fanfare;
using namespace Fanfare::Bench;
using namespace Qt::StringLiterals;

namespace {

/// Has a widget painted as often as 60 times a second and counts what comes of it.
class FrameCount final : public QObject
{
public:
    explicit FrameCount(QWidget &widget)
        : m_begin(MonotonicClock::now())
        , m_last(m_begin)
    {
        widget.installEventFilter(this);
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.callOnTimeout(&widget, qOverload<>(&QWidget::update));
        m_timer.start(16);
    }

    double perSecond() const { return m_frames * 1e9 / double(MonotonicClock::now() - m_begin); }
    double longestGapMs() const { return double(m_longest) / 1e6; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            const qint64 now = MonotonicClock::now();
            m_longest = std::max(m_longest, now - m_last);
            m_last = now;
            ++m_frames;
        }
        return QObject::eventFilter(watched, event);
    }

private:
    const qint64 m_begin;
    qint64 m_last;
    qint64 m_longest = 0;
    int m_frames = 0;
    QTimer m_timer;
};

struct TwoRuns
{
    explicit TwoRuns(size_t spans)
    {
        writeBusyRun(left, spans, 1);
        writeBusyRun(right, spans, 2);
    }

    QTemporaryDir folder;
    QString left = folder.filePath(u"left.ffrun"_s);
    QString right = folder.filePath(u"right.ffrun"_s);
};

} // namespace

/// MiB that this process has in memory.
static double residentMiB()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return notMeasured;
    return file.readAll().split(' ').value(1).toDouble() * double(sysconf(_SC_PAGESIZE)) / 1048576;
}

/// Seconds of CPU of this process so far, with all its threads.
static double cpuSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

/// A run as a tab opens it, and what it takes in memory then.
static std::vector<double> whileOpening(const TwoRuns &runs)
{
    const double before = residentMiB();
    const double cpu = cpuSeconds();
    const qint64 begin = MonotonicClock::now();
    const Result<OpenedRun> run = openRun(runs.left, [](double) {}, {});
    if (!run)
        fail("the run cannot be opened");
    const double seconds = double(MonotonicClock::now() - begin) / 1e9;
    const double used = cpuSeconds() - cpu;
    return {notMeasured, notMeasured, seconds, used, residentMiB() - before};
}

static std::vector<double> whileComparing(const TwoRuns &runs)
{
    const double before = residentMiB();
    const double cpu = cpuSeconds();
    const qint64 begin = MonotonicClock::now();
    ComparePage page({{runs.left}, {runs.right}});
    page.resize(1440, 900);
    page.show();
    const FrameCount frames(page);
    QEventLoop loop;
    QObject::connect(&page, &ComparePage::compared, &loop, &QEventLoop::quit, Qt::QueuedConnection);
    loop.exec();
    if (!page.view())
        fail("the runs cannot be compared");
    QTimer::singleShot(200, &loop, &QEventLoop::quit); // the view is laid out and painted
    loop.exec();
    const double seconds = double(MonotonicClock::now() - begin) / 1e9;
    const double used = cpuSeconds() - cpu; // with what painting takes
    const std::vector<double> smooth{frames.perSecond(), frames.longestGapMs()};
    QObject::connect(&page.view()->timelines(), &ComparedTimelines::shown, &loop, &QEventLoop::quit,
                     Qt::QueuedConnection);
    if (!page.view()->timelines().timelines())
        loop.exec(); // they take memory, too
    return {smooth[0], smooth[1], seconds, used, residentMiB() - before};
}

static std::vector<double> whileNothingHappens()
{
    QWidget window;
    window.resize(1440, 900);
    window.show();
    const FrameCount frames(window);
    QEventLoop loop;
    QTimer::singleShot(1000, &loop, &QEventLoop::quit);
    loop.exec();
    return {frames.perSecond(), frames.longestGapMs(), notMeasured, notMeasured, notMeasured};
}

static std::vector<Family> families(const BenchSettings &settings)
{
    const auto runs = std::make_shared<TwoRuns>(size_t(settings.scaled(1'000'000)));
    Family family;
    family.name = u"window"_s;
    family.title = u"The window while two runs of %L1 spans are compared and shown"_s.arg(
        settings.scaled(1'000'000));
    family.columns = {u"frames/s"_s, u"longest gap ms"_s, u"seconds"_s, u"CPU seconds"_s, u"MiB"_s};
    family.cases = {{u"nothing_else"_s, &whileNothingHappens},
                    {u"opening_one"_s, [runs] { return whileOpening(*runs); }},
                    {u"comparing"_s, [runs] { return whileComparing(*runs); }}};
    return {family};
}

int main(int argc, char *argv[])
{
    const QApplication application(argc, argv);
    return runProgram(argc, argv, {&families, {}});
}
