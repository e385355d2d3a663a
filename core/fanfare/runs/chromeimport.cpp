// SPDX-License-Identifier: MIT
#include "fanfare/runs/chromeimport.h"

#include "fanfare/runs/chromeevents.h"
#include "fanfare/runs/runwriter.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QUuid>

#include <algorithm>
#include <limits>
#include <map>
#include <unordered_map>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t maximumNames = 1'000'000;   // handlers; all others are one
constexpr size_t maximumLanes = 65'535;      // all others are one
constexpr size_t maximumOpen = 1'000'000;    // tasks begun and not ended
constexpr qint64 firstStart = 1'000'000'000; // of a trace that begins at 0 or before

/// \a a + \a b, or the last time there is.
qint64 sum(qint64 a, qint64 b)
{
    qint64 result = 0;
    const qint64 end =
        b < 0 ? std::numeric_limits<qint64>::min() : std::numeric_limits<qint64>::max();
    return __builtin_add_overflow(a, b, &result) ? end : result;
}

struct Thread
{
    qint64 pid = 0;
    qint64 tid = 0;

    auto operator<=>(const Thread &other) const = default;
};

/// Turns the events of a trace into spans, lanes and names, and hands them to a writer.
class Importer
{
public:
    /// Nothing for \a shift: what the first task asks for.
    Importer(RunWriter &writer, std::optional<qint64> shift)
        : m_writer(writer)
        , m_shift(shift)
    {
    }

    void take(const ChromeEvent &event)
    {
        if (event.phase != 'M')
            m_last = std::max(m_last, endOf(event));
        switch (event.phase) {
        case 'X':
            add(event, endOf(event));
            break;
        case 'B':
            begin(m_stacks[{event.pid, event.tid}], event);
            break;
        case 'E':
            end(m_stacks[{event.pid, event.tid}], event.time, event.isOdd);
            break;
        case 'b':
            begin(m_asyncs[keyOf(event)], event);
            break;
        case 'e':
            endAsync(event);
            break;
        case 'M':
            describe(event);
            break;
        default:
            ++m_skipped;
        }
    }

    /// Ends what is open and writes what waits.
    void finish()
    {
        for (auto &[thread, stack] : m_stacks)
            endAll(stack);
        for (auto &[key, stack] : m_asyncs)
            endAll(stack);
        write();
    }

    quint64 skipped() const { return m_skipped; }
    quint64 unended() const { return m_unended; }
    quint64 emissions() const { return m_emissions; }
    quint64 contradicting() const { return m_contradicting; }
    qint64 shift() const { return m_shift.value_or(0); }

    /// The shift that all tasks need, known at the end.
    qint64 neededShift() const { return shiftFor(m_first); }

private:
    using Stack = std::vector<ChromeEvent>;

    static qint64 shiftFor(qint64 first) { return first > 0 ? 0 : sum(firstStart, -first); }

    static qint64 endOf(const ChromeEvent &event)
    {
        return sum(event.time, std::max<qint64>(0, event.duration));
    }

    static std::string keyOf(const ChromeEvent &event)
    {
        return event.category + '\0' + event.id + '\0' + event.name;
    }

    void begin(Stack &stack, const ChromeEvent &event)
    {
        if (m_open == maximumOpen) {
            ++m_skipped;
            return;
        }
        ++m_open;
        noteStart(event.time);
        stack.push_back(event);
    }

    void noteStart(qint64 time)
    {
        m_first = std::min(m_first, time);
        if (!m_shift)
            m_shift = shiftFor(time);
    }

    void end(Stack &stack, qint64 time, bool isOdd)
    {
        if (stack.empty()) {
            ++m_skipped; // it began before the trace did
            return;
        }
        --m_open;
        stack.back().isOdd |= isOdd;
        add(stack.back(), time);
        stack.pop_back();
    }

    void endAsync(const ChromeEvent &event)
    {
        const auto found = m_asyncs.find(keyOf(event));
        if (found == m_asyncs.end()) {
            ++m_skipped;
            return;
        }
        end(found->second, event.time, event.isOdd);
        if (found->second.empty())
            m_asyncs.erase(found);
    }

    void endAll(Stack &stack)
    {
        while (!stack.empty()) {
            ++m_unended;
            end(stack, m_last, false);
        }
    }

    void describe(const ChromeEvent &event)
    {
        if (event.name == "thread_name" && !event.args.name.empty())
            m_threadNames[{event.pid, event.tid}] = event.args.name;
    }

    LaneId laneOf(const ChromeEvent &event)
    {
        const Thread thread{event.pid, event.tid};
        if (const auto known = m_lanes.find(thread); known != m_lanes.end())
            return known->second;
        const auto lane = LaneId(std::min(m_lanes.size(), maximumLanes));
        const auto name = m_threadNames.find(thread);
        const bool isAsync = event.phase == 'b';
        m_batch.lanes.push_back({lane, isAsync ? LaneKind::Loop : LaneKind::Thread,
                                 name == m_threadNames.end() ? u"thread %1"_s.arg(event.tid)
                                                             : QString::fromStdString(name->second),
                                 event.pid});
        if (m_lanes.size() < maximumLanes)
            m_lanes.emplace(thread, lane);
        return lane;
    }

    /// The number of the handler \a event is of, from 1.
    quint32 handlerOf(const ChromeEvent &event)
    {
        const std::string key = event.args.plugin + '\0' + event.name;
        if (const auto known = m_handlers.find(key); known != m_handlers.end())
            return known->second;
        const auto number = quint32(std::min(m_handlers.size(), maximumNames) + 1);
        if (m_handlers.size() < maximumNames) {
            m_handlers.emplace(key, number);
            m_names.handlers.push_back({.subscriber = SubscriberId(number),
                                        .plugin = QString::fromStdString(event.args.plugin),
                                        .name = QString::fromStdString(event.name)});
        }
        return number;
    }

    quint32 eventOf(const ChromeEvent &event)
    {
        const std::string &name = event.args.event.empty() ? event.name : event.args.event;
        if (const auto known = m_events.find(name); known != m_events.end())
            return known->second;
        const auto number = quint32(std::min(m_events.size(), maximumNames) + 1);
        if (m_events.size() < maximumNames) {
            m_events.emplace(name, number);
            m_names.events.push_back({number, QString::fromStdString(name)});
        }
        return number;
    }

    /// The times of \a event, put right and counted when they cannot be.
    void setTimes(SpanRecord &span, const ChromeEvent &event, qint64 end)
    {
        noteStart(event.time);
        const qint64 waited = event.args.waited.value_or(0);
        span.started = sum(event.time, *m_shift);
        span.finished = sum(std::max(end, event.time), *m_shift);
        const bool canWait = waited >= 0 && waited <= span.started;
        span.queued = canWait ? span.started - waited : span.started;
        if (event.isOdd || end < event.time || !canWait)
            ++m_contradicting;
    }

    void add(const ChromeEvent &event, qint64 end)
    {
        const ChromeEvent::Arguments &args = event.args;
        SpanRecord span;
        span.task.emission = EmissionId(args.emission ? quint64(*args.emission) : ++m_emissions);
        span.task.index = quint16(args.index.value_or(0));
        setTimes(span, event, end);
        span.cpu = args.cpu.value_or(-1);
        span.sentBefore = quint32(std::clamp<qint64>(args.sent.value_or(0), 0, UINT32_MAX));
        span.repliedAfter = quint32(std::clamp<qint64>(args.reply.value_or(0), 0, UINT32_MAX));
        span.attempt = quint8(std::clamp<qint64>(args.attempt.value_or(1), 1, 255));
        span.outcome =
            outcomeFromName(QString::fromStdString(args.outcome)).value_or(Outcome::Succeeded);
        span.subscriber = SubscriberId(handlerOf(event));
        span.event = eventOf(event);
        span.lane = laneOf(event);
        if (event.category == "never started")
            neverStarted(span);
        m_batch.spans.push_back(span);
        constexpr size_t enough = 16'384;
        if (m_batch.spans.size() >= enough)
            write();
    }

    /// Such a pair reaches from the emission to the end.
    static void neverStarted(SpanRecord &span)
    {
        span.queued = span.started;
        span.started = span.finished;
    }

    void write()
    {
        m_writer.setNames(m_names);
        m_writer.add(m_batch);
        m_batch = {};
    }

    RunWriter &m_writer;
    std::optional<qint64> m_shift; // added to all times
    RunNames m_names;
    TraceBatch m_batch;
    std::map<Thread, Stack> m_stacks;
    std::unordered_map<std::string, Stack> m_asyncs;
    std::map<Thread, std::string> m_threadNames;
    std::map<Thread, LaneId> m_lanes;
    std::unordered_map<std::string, quint32> m_handlers;
    std::unordered_map<std::string, quint32> m_events;
    size_t m_open = 0;
    qint64 m_first = std::numeric_limits<qint64>::max(); // start of a task
    qint64 m_last = std::numeric_limits<qint64>::min();
    quint64 m_skipped = 0;
    quint64 m_unended = 0;
    quint64 m_contradicting = 0;
    quint64 m_emissions = 0; // numbered by us
};

} // namespace

static RunInfo infoOf(const QString &source)
{
    return {.id = QUuid::createUuid().toString(QUuid::WithoutBraces),
            .label = QFileInfo(source).fileName(),
            .executor = u"imported"_s,
            .beginUtc = QFileInfo(source).lastModified().toMSecsSinceEpoch()};
}

/// One reading of a trace, and what it found out.
struct Attempt
{
    ChromeImport import;
    Result<void> read;
    bool isWhole = false; ///< all of it could be written
    qint64 neededShift = 0;
};

static Attempt attempt(const QString &source, QFile &target, std::optional<qint64> shift,
                       const std::stop_token &stop, const std::function<void(double)> &progress)
{
    RunWriter writer(target, infoOf(source));
    Importer importer(writer, shift);
    Result<void> read = readChromeEvents(
        source,
        [&](const ChromeEvent &event) {
            importer.take(event);
            return !stop.stop_requested();
        },
        progress);
    importer.finish();
    const bool isWhole = writer.finish(importer.emissions());
    return {.import = {.index = writer.index(),
                       .skipped = importer.skipped(),
                       .unended = importer.unended(),
                       .contradicting = importer.contradicting(),
                       .shift = importer.shift(),
                       .damage = read ? QString() : read.error().message},
            .read = std::move(read),
            .isWhole = isWhole,
            .neededShift = importer.neededShift()};
}

/// Whether a task begins before the one that decided on the shift, which is then too small.
static bool isShiftTooSmall(const Attempt &attempt)
{
    return attempt.neededShift > attempt.import.shift;
}

Result<ChromeImport> importChrome(const QString &source, const QString &target,
                                  std::stop_token stop, const std::function<void(double)> &progress)
{
    QFile file(target);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly)) {
        return Error{ErrorCode::Unreadable,
                     u"The run cannot be kept in %1: %2."_s.arg(target, file.errorString())};
    }
    Attempt last = attempt(source, file, {}, stop, progress);
    const bool isReadable = QFileInfo(source).isFile(); // a pipe is not, twice
    if (last.isWhole && isShiftTooSmall(last) && isReadable && file.resize(0) && file.seek(0))
        last = attempt(source, file, last.neededShift, stop, progress);
    if (!last.isWhole || last.import.index.tasks() == 0) {
        file.remove();
        if (!last.isWhole) {
            return Error{ErrorCode::Unreadable,
                         u"The run cannot be written to %1: %2."_s.arg(target, file.errorString())};
        }
        return last.read ? Error{ErrorCode::InvalidArgument,
                                 u"There is no task in the trace %1: no event of the kinds X, B "
                                 "and E, or b and e."_s.arg(source)}
                         : last.read.error();
    }
    return std::move(last.import);
}

QString ChromeImport::contradiction() const
{
    if (contradicting == 0)
        return {};
    const QString what = contradicting == 1
        ? u"1 task of the trace has impossible times"_s
        : u"%1 tasks of the trace have impossible times"_s.arg(contradicting);
    return what
        + u", which were put right: what ends before its start ends at its start, a wait that "
          "cannot be counts as none, and a time that is missing is that of the event before."_s;
}

} // namespace Fanfare
