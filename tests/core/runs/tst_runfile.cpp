// SPDX-License-Identifier: MIT
#include "core/runs/randomspans.h"

#include <fanfare/runs/runreader.h>
#include <fanfare/runs/runwriter.h>

#include <QBuffer>
#include <QTemporaryDir>
#include <QTest>

#include <limits>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_RunFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void returnsTheRunAsItWas();
    void aFileFromBeforeTheQueueWasKeptStillOpens();
    void isSmall();
    void isReadWhileItGrows();
    void opensUpToWhereItWasTorn();
    void opensUpToAnyChangedByte();
    void opensUpToWhatCannotHaveBeen_data();
    void opensUpToWhatCannotHaveBeen();
    void refusesWhatIsNoRunFile_data();
    void refusesWhatIsNoRunFile();
    void stopsAtAFullDisk();

private:
    QString write(const QByteArray &bytes);

    QTemporaryDir m_folder;
};

namespace {

RunInfo someInfo()
{
    return {.id = u"7b0a2b52-53f5-4d2b-9d64-1a0cbd6f1c4e"_s,
            .label = u"Größe ▼"_s,
            .executor = u"threads"_s,
            .workers = 4,
            .queueBound = 5'000,
            .onFull = u"reject"_s,
            .begin = 5,
            .beginUtc = 1'795'000'000'000,
            .seed = ~quint64(0),
            .scenario = "{}",
            .series = u"s"_s,
            .round = 3,
            .tags = {u"a"_s, u"b"_s},
            .environment = {.host = u"h"_s, .cores = 2, .load = 0.5}};
}

RunNames someNames()
{
    return {
        .handlers = {{SubscriberId(3), u"org.example.a"_s, u"1.0"_s, QByteArray(32, 'h'), u"x"_s},
                     {SubscriberId(4), {}, {}, {}, u"y"_s}},
        .events = {{2, u"E"_s}}};
}

/// What a reader brings of a file, all parts in one batch.
struct Content
{
    TraceBatch batch;
    QString damage;
    bool hasIndex = false;
};

Content readAll(const QString &path)
{
    Content content;
    Result<RunReader> reader = RunReader::open(path);
    if (!reader) {
        content.damage = reader.error().message;
        return content;
    }
    while (reader->read(content.batch)) { }
    content.damage = reader->damage();
    content.hasIndex = reader->index().has_value();
    return content;
}

/// A run of three flushes with \a count spans each, and facts in between.
QByteArray someRun(size_t count)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    RunWriter writer(buffer, someInfo());
    writer.setNames(someNames());
    for (quint64 part = 0; part < 3; ++part) {
        TraceBatch batch;
        batch.spans = busySpans(count, part);
        batch.log.push_back({.time = qint64(part), .text = u"line %1"_s.arg(part)});
        writer.add(batch);
        writer.flush();
    }
    writer.finish(count);
    return buffer.data();
}

/// A device that takes some bytes and no more.
class FullDisk final : public QIODevice
{
public:
    explicit FullDisk(qint64 room)
        : m_room(room)
    {
        open(WriteOnly | Unbuffered);
    }

    const QByteArray &bytes() const { return m_bytes; }

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *data, qint64 size) override
    {
        const qint64 taken = std::min(size, m_room - m_bytes.size());
        m_bytes.append(data, taken);
        return taken;
    }

private:
    const qint64 m_room;
    QByteArray m_bytes;
};

} // namespace

QString tst_RunFile::write(const QByteArray &bytes)
{
    QFile file(m_folder.filePath(u"run.ffrun"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write the file");
    return file.fileName();
}

void tst_RunFile::aFileFromBeforeTheQueueWasKeptStillOpens()
{
    QCborMap old = someInfo().toCbor();
    old.remove(u"queueBound"_s);
    old.remove(u"onFull"_s);

    const Result<RunInfo> info = readRunInfo(old.toCborValue().toCbor());

    QVERIFY(info);
    QCOMPARE(info->queueBound, 0);
    QCOMPARE(info->onFull, QString());
    QCOMPARE(info->workers, 4);
}

void tst_RunFile::returnsTheRunAsItWas()
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    RunWriter writer(buffer, someInfo());
    writer.setNames(someNames());
    TraceBatch batch;
    batch.spans = busySpans(100'000, 6); // more than a block
    batch.lanes = {{LaneId(1), LaneKind::Process, u"process 1"_s, 17}};
    batch.laneEvents = {{LaneId(1), LaneEventKind::Died, 5, 17, u"signal 11 (SIGSEGV)"_s}};
    batch.details = {{.task = {EmissionId(9), 1}, .result = u"done"_s}};
    batch.log = {{.time = 8, .text = u"hello"_s}};
    batch.droppedSpans = 7;
    writer.add(batch);
    QVERIFY(writer.finish(50'000));

    const QString path = write(buffer.data());
    Result<RunReader> reader = RunReader::open(path);
    const Content content = readAll(path);

    QVERIFY(reader);
    QCOMPARE(reader->info().toCbor(), someInfo().toCbor());
    QVERIFY(areSame(content.batch.spans, batch.spans));
    QCOMPARE(content.batch.lanes.at(0).name, u"process 1"_s);
    QCOMPARE(content.batch.laneEvents.at(0).text, u"signal 11 (SIGSEGV)"_s);
    QCOMPARE(content.batch.details.at(0).result, QCborValue(u"done"_s));
    QCOMPARE(content.batch.log.at(0).text, u"hello"_s);
    QCOMPARE(content.batch.droppedSpans, 7U);
    QCOMPARE(content.damage, QString());

    QVERIFY(reader->index());
    const RunIndex &index = *reader->index();
    QCOMPARE(index.tasks(), 100'000U);
    QCOMPARE(index.emissions, 50'000U);
    QCOMPARE(index.droppedSpans, 7U);
    QCOMPARE(index.chunks.size(), 2U);
    QCOMPARE(index.first, batch.spans.front().queued);
    TraceBatch part;
    while (part.spans.empty())
        QVERIFY(reader->read(part));
    QCOMPARE(reader->names(), someNames());
}

void tst_RunFile::isSmall()
{
    const double perSpan = double(someRun(200'000).size()) / 600'000;

    qInfo("%.2f bytes per span", perSpan);
    QVERIFY(perSpan <= 20);
}

void tst_RunFile::isReadWhileItGrows()
{
    QFile file(m_folder.filePath(u"growing.ffrun"_s));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    RunWriter writer(file, someInfo());
    TraceBatch batch;
    batch.spans = busySpans(10, 1);
    writer.add(batch);

    QCOMPARE(readAll(file.fileName()).batch.spans.size(), 0U);
    writer.flush();
    const Content content = readAll(file.fileName());

    QCOMPARE(content.batch.spans.size(), 10U);
    QCOMPARE(content.damage, QString());
    QVERIFY(!content.hasIndex);
}

/// Cut at every byte: the parts before the cut are there, whole and right, and nothing else.
void tst_RunFile::opensUpToWhereItWasTorn()
{
    const QByteArray whole = someRun(6);
    const std::vector<SpanRecord> all = readAll(write(whole)).batch.spans;
    QCOMPARE(all.size(), 18U);
    size_t most = 0;
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const Content content = readAll(write(whole.first(size)));
        const auto &spans = content.batch.spans;

        QVERIFY(spans.size() % 6 == 0 && spans.size() >= most);
        QVERIFY(std::equal(spans.begin(), spans.end(), all.begin(), isSame));
        QVERIFY(!content.hasIndex);
        most = spans.size();
    }
    QCOMPARE(most, 18U);
}

/// A changed byte anywhere: no span that was not written, and the file says where it is damaged.
void tst_RunFile::opensUpToAnyChangedByte()
{
    const QByteArray whole = someRun(6);
    const std::vector<SpanRecord> all = readAll(write(whole)).batch.spans;
    for (qsizetype i = 0; i < whole.size(); ++i) {
        QByteArray changed = whole;
        changed[i] = char(changed[i] ^ (1 << (i % 8)));
        const Content content = readAll(write(changed));
        const auto &spans = content.batch.spans;

        QVERIFY(std::equal(spans.begin(), spans.end(), all.begin(), isSame)
                || spans.size() < all.size());
        for (size_t s = 0; s < spans.size(); ++s)
            QVERIFY(isSame(spans[s], all[s]));
        const bool isTrailer = i >= whole.size() - RunFormat::trailerSize;
        if (!isTrailer)
            QVERIFY2(!content.damage.isEmpty(), qPrintable(QString::number(i)));
    }
}

void tst_RunFile::opensUpToWhatCannotHaveBeen_data()
{
    static constexpr qint64 farAway = std::numeric_limits<qint64>::max();
    static constexpr qint64 longAgo = std::numeric_limits<qint64>::min();
    QTest::addColumn<qint64>("queued");
    QTest::addColumn<qint64>("started");
    QTest::addColumn<qint64>("finished");
    QTest::addColumn<qint64>("cpu");

    QTest::newRow("started before it was queued")
        << qint64(5) << qint64(4) << qint64(9) << qint64(-1);
    QTest::newRow("ended before it was started")
        << qint64(5) << qint64(9) << qint64(8) << qint64(-1);
    QTest::newRow("too early") << longAgo << qint64(4) << qint64(9) << qint64(-1);
    QTest::newRow("too late") << qint64(5) << qint64(6) << farAway << qint64(-1);
    QTest::newRow("less CPU time than none") << qint64(5) << qint64(6) << qint64(7) << qint64(-2);
}

void tst_RunFile::opensUpToWhatCannotHaveBeen()
{
    QFETCH(qint64, queued);
    QFETCH(qint64, started);
    QFETCH(qint64, finished);
    QFETCH(qint64, cpu);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    RunWriter writer(buffer, someInfo());
    TraceBatch batch;
    batch.spans = busySpans(10, 1);
    writer.add(batch);
    writer.flush();
    SpanRecord &span = batch.spans[3];
    span.queued = queued;
    span.started = started;
    span.finished = finished;
    span.cpu = cpu;
    writer.add(batch);
    writer.flush();

    const Content content = readAll(write(buffer.data()));

    QCOMPARE(content.batch.spans.size(), 10U);
    QVERIFY2(content.damage.contains("no run can have had"_L1), qPrintable(content.damage));
}

void tst_RunFile::refusesWhatIsNoRunFile_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("reason");

    QByteArray converted = someRun(1);
    converted.replace("\r\n", "\n");
    QTest::newRow("empty") << QByteArray() << u"no run file"_s;
    QTest::newRow("text") << QByteArray(1'000, 'x') << u"no run file"_s;
    QTest::newRow("line ends converted") << converted << u"no run file"_s;
    QTest::newRow("the beginning only") << someRun(1).first(8) << u"torn off before it began"_s;
    QTest::newRow("half a head") << someRun(1).first(40) << u"middle of a block"_s;
}

void tst_RunFile::refusesWhatIsNoRunFile()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, reason);

    const Result<RunReader> reader = RunReader::open(write(bytes));

    QVERIFY(!reader);
    QVERIFY2(reader.error().message.contains(reason), qPrintable(reader.error().message));
    QVERIFY(reader.error().message.contains(u"run.ffrun"_s));
}

void tst_RunFile::stopsAtAFullDisk()
{
    for (const qint64 room : {0, 100, 700, 900}) {
        FullDisk disk(room);
        RunWriter writer(disk, someInfo());
        for (quint64 part = 0; part < 3; ++part) {
            TraceBatch batch;
            batch.spans = busySpans(30, part);
            writer.add(batch);
            writer.flush();
        }

        QVERIFY(!writer.finish(30));
        QVERIFY(writer.isBroken());
        QCOMPARE(writer.index().tasks(), 90U); // it is still counted
        for (const SpanRecord &span : readAll(write(disk.bytes())).batch.spans)
            QVERIFY(span.queued > 0);
    }
}

QTEST_GUILESS_MAIN(tst_RunFile)
#include "tst_runfile.moc"
