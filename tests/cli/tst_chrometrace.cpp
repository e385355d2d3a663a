// SPDX-License-Identifier: MIT
#include <fanfare/runs/chrometrace.h>

#include <QBuffer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cmath>

using namespace Fanfare;

class tst_ChromeTrace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyRunIsAValidDocument();
    void lanesAreNamed();
    void everyTaskComesBackWithItsTimesAndOutcome();
    void overlappingTasksOfALoopArePairs();
    void aTaskThatNeverStartedIsAPairFromQueuedToFinished();
    void flowsLeadFromTheEmissionToItsTasks();
    void hostileTextStaysText();
    void aFullDiskIsSaid();
    void memoryDoesNotGrowWithTheRun();
};

static constexpr qint64 enginePid = 4242;
static constexpr qint64 start = 987'654'321'098'765; // 11 days of uptime

static LaneInfo lane(int id, LaneKind kind, const QString &name)
{
    return {static_cast<LaneId>(id), kind, name, enginePid};
}

static SpanRecord span(quint64 emission, quint16 index, int laneId, qint64 from, qint64 to)
{
    SpanRecord record;
    record.task = {static_cast<EmissionId>(emission), index};
    record.queued = start;
    record.started = start + from;
    record.finished = start + to;
    record.lane = static_cast<LaneId>(laneId);
    return record;
}

static const ChromeLabels labels{u"StringEvent", u"basics", u"[Sync]", {}, {}};

/// The trace events that \a write writes.
template <typename Write>
static QJsonArray written(Write write)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    ChromeTraceWriter writer(buffer, enginePid);
    write(writer);
    if (!writer.finish())
        return {};
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(buffer.data(), &error);
    if (error.error != QJsonParseError::NoError)
        qWarning().noquote() << error.errorString() << buffer.data();
    return document[u"traceEvents"].toArray();
}

static QList<QJsonObject> ofPhase(const QJsonArray &events, const QString &phase)
{
    QList<QJsonObject> found;
    for (const QJsonValue &event : events) {
        if (event[u"ph"].toString() == phase)
            found.append(event.toObject());
    }
    return found;
}

static qint64 nanoseconds(const QJsonValue &microseconds)
{
    return std::llround(microseconds.toDouble() * 1000);
}

void tst_ChromeTrace::anEmptyRunIsAValidDocument()
{
    const QJsonArray events = written([](ChromeTraceWriter &) {});

    QCOMPARE(ofPhase(events, u"M"_qs).size(), events.size());
    QVERIFY(!events.isEmpty());
}

void tst_ChromeTrace::lanesAreNamed()
{
    const QJsonArray events = written([](ChromeTraceWriter &writer) {
        writer.addLane(lane(0, LaneKind::Thread, u"thread 1"_qs));
        writer.addLane(lane(1, LaneKind::Loop, u"loop 1"_qs));
    });

    QStringList names;
    for (const QJsonObject &event : ofPhase(events, u"M"_qs))
        names.append(event[u"args"][u"name"].toString());
    QVERIFY(names.contains(u"engine"_qs));
    QVERIFY(names.contains(u"emissions"_qs));
    QVERIFY(names.contains(u"thread 1"_qs));
    QVERIFY(names.contains(u"loop 1"_qs));
}

void tst_ChromeTrace::everyTaskComesBackWithItsTimesAndOutcome()
{
    std::vector<SpanRecord> spans;
    for (int i = 0; i < 100; ++i) {
        SpanRecord record = span(quint64(i + 1), 0, i % 2, 1'000 * i + 1, 1'000 * i + 999);
        record.outcome = static_cast<Outcome>(i % outcomeCount);
        record.attempt = 2;
        spans.push_back(record);
    }

    const QJsonArray events = written([&](ChromeTraceWriter &writer) {
        writer.addLane(lane(0, LaneKind::Thread, u"thread 1"_qs));
        writer.addLane(lane(1, LaneKind::Thread, u"thread 2"_qs));
        for (const SpanRecord &record : spans)
            writer.addSpan(record, {u"E", u"p", u"h", u"why", u"sentence"});
    });

    const QList<QJsonObject> complete = ofPhase(events, u"X"_qs);
    QCOMPARE(complete.size(), 100);
    for (int i = 0; i < 100; ++i) {
        const SpanRecord &record = spans[size_t(i)];
        const QJsonObject event = complete[i];
        QCOMPARE(nanoseconds(event[u"ts"]), record.started);
        QCOMPARE(nanoseconds(event[u"dur"]), record.finished - record.started);
        QCOMPARE(event[u"name"].toString(), u"h"_qs);
        QCOMPARE(event[u"pid"].toInteger(), enginePid);
        QCOMPARE(event[u"args"][u"outcome"].toString(), outcomeName(record.outcome));
        QCOMPARE(event[u"args"][u"emission"].toInteger(), i + 1);
        QCOMPARE(event[u"args"][u"waitedNs"].toInteger(), record.started - record.queued);
        QCOMPARE(event[u"args"][u"error"].toString(), u"sentence"_qs);
        QCOMPARE(event[u"args"][u"reason"].toString(), u"why"_qs);
        QCOMPARE(event[u"args"][u"attempt"].toInteger(), 2);
    }
    QVERIFY(complete[0][u"tid"] != complete[1][u"tid"]);
}

void tst_ChromeTrace::overlappingTasksOfALoopArePairs()
{
    const QJsonArray events = written([](ChromeTraceWriter &writer) {
        writer.addLane(lane(0, LaneKind::Loop, u"loop 1"_qs));
        for (quint64 emission = 1; emission <= 10; ++emission)
            writer.addSpan(span(emission, 0, 0, 100, 1'000 + qint64(emission)), labels);
    });

    const QList<QJsonObject> begins = ofPhase(events, u"b"_qs);
    const QList<QJsonObject> ends = ofPhase(events, u"e"_qs);
    QCOMPARE(begins.size(), 10);
    QCOMPARE(ends.size(), 10);
    QSet<QString> ids;
    for (int i = 0; i < 10; ++i) {
        ids.insert(begins[i][u"id"].toString());
        QCOMPARE(begins[i][u"id"], ends[i][u"id"]);
        QCOMPARE(begins[i][u"cat"].toString(), u"async"_qs);
        QCOMPARE(nanoseconds(begins[i][u"ts"]), start + 100);
        QCOMPARE(nanoseconds(ends[i][u"ts"]), start + 1'001 + i);
        QCOMPARE(begins[i][u"args"][u"outcome"].toString(), u"Succeeded"_qs);
    }
    QCOMPARE(ids.size(), 10);
    QVERIFY(ofPhase(events, u"X"_qs).isEmpty());
}

void tst_ChromeTrace::aTaskThatNeverStartedIsAPairFromQueuedToFinished()
{
    SpanRecord record = span(1, 0, 0, 500, 500);
    record.outcome = Outcome::Canceled;

    const QJsonArray events = written([&](ChromeTraceWriter &writer) {
        writer.addLane(lane(0, LaneKind::Thread, u"thread 1"_qs));
        writer.addSpan(record, labels);
    });

    const QList<QJsonObject> begins = ofPhase(events, u"b"_qs);
    QCOMPARE(begins.size(), 1);
    QCOMPARE(begins[0][u"cat"].toString(), u"never started"_qs);
    QCOMPARE(begins[0][u"args"][u"outcome"].toString(), u"Canceled"_qs);
    QCOMPARE(nanoseconds(begins[0][u"ts"]), start);
    QCOMPARE(nanoseconds(ofPhase(events, u"e"_qs).at(0)[u"ts"]), start + 500);
    QVERIFY(ofPhase(events, u"X"_qs).isEmpty());
}

void tst_ChromeTrace::flowsLeadFromTheEmissionToItsTasks()
{
    const QJsonArray events = written([](ChromeTraceWriter &writer) {
        writer.addLane(lane(0, LaneKind::Thread, u"thread 1"_qs));
        writer.addLane(lane(1, LaneKind::Thread, u"thread 2"_qs));
        writer.addSpan(span(7, 0, 0, 10, 20), labels);
        writer.addSpan(span(7, 1, 1, 11, 20), labels);
    });

    const QList<QJsonObject> emissions = ofPhase(events, u"i"_qs);
    QCOMPARE(emissions.size(), 1);
    QCOMPARE(emissions[0][u"args"][u"emission"].toInteger(), 7);
    const QList<QJsonObject> starts = ofPhase(events, u"s"_qs);
    const QList<QJsonObject> ends = ofPhase(events, u"f"_qs);
    const QList<QJsonObject> tasks = ofPhase(events, u"X"_qs);
    QCOMPARE(starts.size(), 2);
    QCOMPARE(ends.size(), 2);
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(starts[i][u"id"], ends[i][u"id"]);
        QCOMPARE(starts[i][u"ts"], emissions[0][u"ts"]);
        QCOMPARE(starts[i][u"tid"], emissions[0][u"tid"]);
        QCOMPARE(ends[i][u"ts"], tasks[i][u"ts"]);
        QCOMPARE(ends[i][u"tid"], tasks[i][u"tid"]);
        QCOMPARE(ends[i][u"bp"].toString(), u"e"_qs);
    }
    QVERIFY(starts[0][u"id"] != starts[1][u"id"]);
}

void tst_ChromeTrace::hostileTextStaysText()
{
    const QString hostile = u"\"}],\\\x1b[31m\n\u0000"_qs;

    const QJsonArray events = written([&](ChromeTraceWriter &writer) {
        writer.addLane(lane(0, LaneKind::Thread, hostile));
        writer.addSpan(span(1, 0, 0, 1, 2), {hostile, hostile, hostile, hostile, hostile});
    });

    const QList<QJsonObject> complete = ofPhase(events, u"X"_qs);
    QCOMPARE(complete.size(), 1);
    QCOMPARE(complete[0][u"name"].toString(), hostile);
    QCOMPARE(complete[0][u"args"][u"error"].toString(), hostile);
}

void tst_ChromeTrace::aFullDiskIsSaid()
{
    QFile full(u"/dev/full"_qs);
    QVERIFY(full.open(QIODevice::WriteOnly | QIODevice::Unbuffered));

    ChromeTraceWriter writer(full, enginePid);
    writer.addLane(lane(0, LaneKind::Thread, u"thread 1"_qs));

    QVERIFY(!writer.finish());
}

/// Counts bytes and keeps none.
class Sink final : public QIODevice
{
public:
    Sink() { open(QIODevice::WriteOnly | QIODevice::Unbuffered); }
    qint64 largest = 0;
    qint64 total = 0;

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *, qint64 size) override
    {
        largest = qMax(largest, size);
        total += size;
        return size;
    }
};

void tst_ChromeTrace::memoryDoesNotGrowWithTheRun()
{
    Sink sink;
    ChromeTraceWriter writer(sink, enginePid);
    writer.addLane(lane(0, LaneKind::Thread, u"thread 1"_qs));

    for (quint64 i = 1; i <= 20'000; ++i)
        writer.addSpan(span(i, 0, 0, qint64(i) * 10, qint64(i) * 10 + 5), labels);

    QVERIFY(writer.finish());
    QVERIFY(sink.total > 5'000'000);
    QVERIFY(sink.largest < 300'000);
}

QTEST_APPLESS_MAIN(tst_ChromeTrace)
#include "tst_chrometrace.moc"
