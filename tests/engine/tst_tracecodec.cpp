// SPDX-License-Identifier: MIT
#include <fanfare/ipc/frame.h>
#include <fanfare/ipc/tracecodec.h>

#include <QCborMap>
#include <QTest>

#include <random>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_TraceCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsOnlyTheWordsThatAreWanted();
    void bringsBackABatch();
    void encodesAnEmptyBatch();
    void splitsManySpans();
    void splitsManyDetailsAndLines();
    void keepsPayloadsBelowTheLimit();
    void leavesOutAResultThatIsTooBig();
    void showsAResultThatCannotBeRead();
    void refusesWhatNoEncoderWrites_data();
    void refusesWhatNoEncoderWrites();
    void survivesMutatedPayloads();
};

static QList<QByteArray> encodeAll(const TraceBatch &batch)
{
    QList<QByteArray> payloads;
    TraceEncoder encoder(batch);
    while (!encoder.isFinished())
        payloads.append(encoder.encode());
    return payloads;
}

static TraceBatch decodeAll(const QList<QByteArray> &payloads)
{
    TraceBatch batch;
    for (const QByteArray &payload : payloads) {
        if (!decodeTrace(payload, batch))
            qFatal("a payload of our own is refused");
    }
    return batch;
}

static SpanRecord span(quint64 emission)
{
    SpanRecord record;
    record.task = {EmissionId(emission), 3};
    record.queued = 10;
    record.started = 20;
    record.finished = 30;
    record.subscriber = SubscriberId(7);
    record.outcome = Outcome::Failed;
    return record;
}

static TraceBatch smallBatch()
{
    TraceBatch batch;
    batch.lanes = {{LaneId(2), LaneKind::Loop, u"loop 1"_s, 4711}};
    batch.laneEvents = {{LaneId(2), LaneEventKind::Died, 77, 4712, u"signal 11 (SIGSEGV)"_s}};
    batch.spans = {span(1), span(2)};
    batch.details = {{{EmissionId(1), 3},
                      QCborMap{{u"a"_s, 1}},
                      {u"Type"_s, u"what"_s},
                      u"r"_s,
                      QCborMap{{u"signal"_s, 11}}},
                     {{EmissionId(2), 3}, QCborValue(QCborValue::Undefined), {}, {}}};
    batch.log = {{99, {EmissionId(1), 3}, SubscriberId(7), LogLevel::Printed, u"zeile ü"_s}};
    OpenTask open;
    open.task = {EmissionId(9), 1};
    open.progress = 0.5;
    batch.live = {123, {open}, {open, open}, 5000};
    batch.droppedSpans = 4;
    batch.droppedLines = 5;
    return batch;
}

void tst_TraceCodec::bringsBackABatch()
{
    const QList<QByteArray> payloads = encodeAll(smallBatch());
    const TraceBatch batch = decodeAll(payloads);

    QCOMPARE(payloads.size(), 1);
    QCOMPARE(batch.lanes.size(), size_t(1));
    QCOMPARE(batch.lanes[0].name, u"loop 1"_s);
    QCOMPARE(batch.lanes[0].pid, 4711);
    QVERIFY(batch.lanes[0].id == LaneId(2) && batch.lanes[0].kind == LaneKind::Loop);
    QCOMPARE(batch.laneEvents.size(), size_t(1));
    QVERIFY(batch.laneEvents[0].lane == LaneId(2));
    QVERIFY(batch.laneEvents[0].kind == LaneEventKind::Died);
    QCOMPARE(batch.laneEvents[0].time, 77);
    QCOMPARE(batch.laneEvents[0].pid, 4712);
    QCOMPARE(batch.laneEvents[0].text, u"signal 11 (SIGSEGV)"_s);
    QCOMPARE(batch.spans.size(), size_t(2));
    QVERIFY(batch.spans[1].task == (TaskId{EmissionId(2), 3}));
    QVERIFY(batch.spans[1].outcome == Outcome::Failed);
    QCOMPARE(batch.spans[1].finished, 30);
    QCOMPARE(batch.details[0].result, QCborValue(QCborMap{{u"a"_s, 1}}));
    QCOMPARE(batch.details[0].error.what, u"what"_s);
    QCOMPARE(batch.details[0].reason, u"r"_s);
    QCOMPARE(batch.details[0].crash, (QCborMap{{u"signal"_s, 11}}));
    QVERIFY(batch.details[1].result.isUndefined());
    QVERIFY(batch.details[1].crash.isEmpty());
    QCOMPARE(batch.log[0].text, u"zeile ü"_s);
    QVERIFY(batch.log[0].level == LogLevel::Printed);
    QCOMPARE(batch.live.time, 123);
    QCOMPARE(batch.live.running.front().progress, 0.5);
    QCOMPARE(batch.live.queued.size(), size_t(2));
    QCOMPARE(batch.live.queuedCount, quint64(5000));
    QCOMPARE(batch.droppedSpans, quint64(4));
    QCOMPARE(batch.droppedLines, quint64(5));
}

void tst_TraceCodec::encodesAnEmptyBatch()
{
    const QList<QByteArray> payloads = encodeAll({});

    QCOMPARE(payloads.size(), 1);
    QVERIFY(decodeAll(payloads).isEmpty());
}

void tst_TraceCodec::splitsManySpans()
{
    TraceBatch batch;
    for (quint64 i = 1; i <= 100'000; ++i)
        batch.spans.push_back(span(i));

    const QList<QByteArray> payloads = encodeAll(batch);

    QCOMPARE(payloads.size(), 7); // of at most 16,384
    const TraceBatch back = decodeAll(payloads);
    QCOMPARE(back.spans.size(), batch.spans.size());
    for (size_t i = 0; i < back.spans.size(); ++i)
        QCOMPARE(number(back.spans[i].task.emission), quint64(i + 1));
}

void tst_TraceCodec::splitsManyDetailsAndLines()
{
    TraceBatch batch;
    for (quint64 i = 1; i <= 3000; ++i) {
        batch.details.push_back({{EmissionId(i), 0}, QString(1000, u'x'), {}, {}});
        batch.log.push_back({1, {EmissionId(i), 0}, {}, LogLevel::Info, QString(1000, u'y')});
    }

    const QList<QByteArray> payloads = encodeAll(batch);

    QVERIFY(payloads.size() > 2);
    const TraceBatch back = decodeAll(payloads);
    QCOMPARE(back.details.size(), size_t(3000));
    QCOMPARE(back.log.size(), size_t(3000));
    QCOMPARE(number(back.log.back().task.emission), quint64(3000));
}

void tst_TraceCodec::keepsPayloadsBelowTheLimit()
{
    TraceBatch batch;
    const QByteArray result(7'900'000, 'x');
    const QString text(20'000'000, u'ü');
    for (quint64 i = 1; i <= 3; ++i) {
        batch.details.push_back({{EmissionId(i), 0}, result, {text, text}, {}});
        batch.log.push_back({1, {}, {}, LogLevel::Info, text});
    }
    batch.spans.assign(20'000, span(1));

    for (const QByteArray &payload : encodeAll(batch))
        QVERIFY2(payload.size() <= maximumPayload, qPrintable(QString::number(payload.size())));
}

void tst_TraceCodec::leavesOutAResultThatIsTooBig()
{
    TraceBatch batch;
    batch.details = {{{EmissionId(1), 0}, QByteArray(9'000'000, 'x'), {}, {}}};

    const TraceBatch back = decodeAll(encodeAll(batch));

    QCOMPARE(back.details[0].reason, u"result-too-big"_s);
    QVERIFY(back.details[0].result.toString().contains(u"9000005 bytes"_s));
}

void tst_TraceCodec::showsAResultThatCannotBeRead()
{
    TraceBatch batch;
    QCborValue deep(1);
    for (int i = 0; i < 3000; ++i)
        deep = QCborArray{deep};
    batch.details = {{{EmissionId(1), 0}, deep, {}, {}}};

    const TraceBatch back = decodeAll(encodeAll(batch));

    QVERIFY(back.details[0].result.toString().startsWith(u"The result cannot be shown"_s));
}

void tst_TraceCodec::refusesWhatNoEncoderWrites_data()
{
    QTest::addColumn<QByteArray>("payload");
    TraceBatch badOutcome;
    badOutcome.spans = {span(1)};
    badOutcome.spans[0].outcome = Outcome(99);
    TraceBatch noEmission;
    noEmission.spans = {span(0)};

    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no CBOR") << QByteArray("\xff\xff");
    QTest::newRow("no map") << QCborValue(42).toCbor();
    QTest::newRow("half a span") << QCborMap{{2, QByteArray(10, 'x')}}.toCborValue().toCbor();
    QTest::newRow("a strange lane")
        << QCborMap{{1, QCborArray{QCborArray{1, 77, u"x"_s, 1}}}}.toCborValue().toCbor();
    QTest::newRow("a short line")
        << QCborMap{{4, QCborArray{QCborArray{1, 2}}}}.toCborValue().toCbor();
    QTest::newRow("unknown outcome") << encodeAll(badOutcome).first();
    QTest::newRow("no emission") << encodeAll(noEmission).first();
}

void tst_TraceCodec::refusesWhatNoEncoderWrites()
{
    QFETCH(const QByteArray, payload);
    TraceBatch batch;

    const auto decoded = decodeTrace(payload, batch);

    QVERIFY(!decoded);
    QVERIFY(decoded.error().code == ErrorCode::Protocol);
}

void tst_TraceCodec::survivesMutatedPayloads()
{
    const QByteArray good = encodeAll(smallBatch()).first();
    std::mt19937 random(4);

    for (int round = 0; round < 20'000; ++round) {
        QByteArray bytes = good;
        for (int i = 0; i < 3; ++i)
            bytes[qsizetype(random() % quint32(bytes.size()))] = char(random());
        bytes.truncate(qsizetype(random() % quint32(2 * bytes.size())));
        TraceBatch batch;
        (void)decodeTrace(bytes, batch);
        QVERIFY(batch.spans.size() < 100);
    }
}

void tst_TraceCodec::readsOnlyTheWordsThatAreWanted()
{
    TraceBatch batch;
    batch.spans = {span(1), span(2)};
    batch.details = {{{EmissionId(1), 0}, QCborValue(5), {}, {}, {}},
                     {{EmissionId(2), 0}, {}, {}, {}, {{u"signal"_s, 11}}}};
    batch.log = {{1, {EmissionId(1), 0}, SubscriberId(1), LogLevel::Info, u"line"_s}};
    batch.droppedSpans = 4;

    TraceBatch back;
    for (const QByteArray &payload : encodeAll(batch))
        QVERIFY(decodeTrace(payload, back, TraceWords::Crashes));

    QCOMPARE(back.spans.size(), size_t(2));
    QCOMPARE(back.droppedSpans, 4U);
    QCOMPARE(back.details.size(), size_t(1));
    QCOMPARE(back.details[0].task.emission, EmissionId(2));
    QCOMPARE(back.details[0].crash, (QCborMap{{u"signal"_s, 11}}));
    QVERIFY(back.log.empty());
}

QTEST_APPLESS_MAIN(tst_TraceCodec)
#include "tst_tracecodec.moc"
