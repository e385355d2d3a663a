// SPDX-License-Identifier: MIT
#include <fanfare/runs/runlock.h>
#include <fanfare/runs/runrecorder.h>
#include <fanfare/runs/runside.h>

#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_RunSide : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsOnlyWhatIsNew();
    void aRunThatGoesOnEnds();
    void whoeverDiesLeavesATornRun();
    void aBlockThatIsBeingWrittenIsNoDamage();
    void roundsGrowBesideEachOther();
    void readingInPartsIsReadingAtOnce();
    void aMissingFileIsRefused();

private:
    std::unique_ptr<RunRecorder> recorder(const QString &name);
    QString path(const QString &name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_RunSide::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

std::unique_ptr<RunRecorder> tst_RunSide::recorder(const QString &name)
{
    auto made = RunRecorder::create(path(name), {.executor = u"threads"_s, .begin = 1'000});
    Q_ASSERT_X(made, "recorder", "the file cannot be made");
    (*made)->setNames({.handlers = {{SubscriberId(1), u"org.a"_s, u"1"_s, {}, u"work"_s}}});
    return *std::move(made);
}

/// \a count tasks from \a first on, each 1 ms after the one before.
static TraceBatch tasks(quint64 first, quint64 count, qint64 running = 500)
{
    TraceBatch batch;
    for (quint64 i = first; i < first + count; ++i) {
        SpanRecord span;
        span.task = {EmissionId(i), 0};
        span.subscriber = SubscriberId(1);
        span.queued = qint64(i) * 1'000'000;
        span.started = span.queued + 100;
        span.finished = span.started + running + qint64(i);
        batch.spans.push_back(span);
    }
    return batch;
}

/// Adds and waits until it is in the file.
static void write(RunRecorder &recorder, const TraceBatch &batch)
{
    const size_t chunks = recorder.index().chunks.size();
    recorder.add(batch);
    QTRY_VERIFY(recorder.index().chunks.size() > chunks);
}

void tst_RunSide::readsOnlyWhatIsNew()
{
    const auto live = recorder(u"a.ffrun"_s);
    write(*live, tasks(1, 10));
    Result<RunSide> side = RunSide::open({path(u"a.ffrun"_s)});
    QVERIFY(side);

    QVERIFY(side->read());
    QCOMPARE(side->loaded().samples.tasks(), 10U);
    QVERIFY(!side->read()); // nothing came
    write(*live, tasks(11, 5));
    QVERIFY(side->read());

    QCOMPARE(side->loaded().samples.tasks(), 15U);
    QVERIFY(side->goesOn());
    QVERIFY(side->loaded().damages.isEmpty());
}

void tst_RunSide::aRunThatGoesOnEnds()
{
    const auto live = recorder(u"a.ffrun"_s);
    write(*live, tasks(1, 10));
    Result<RunSide> side = RunSide::open({path(u"a.ffrun"_s)});
    QVERIFY(side && side->read());
    QVERIFY(isRecorded(path(u"a.ffrun"_s)));

    live->add(tasks(11, 1));
    QVERIFY(live->finish(11));

    QVERIFY(!isRecorded(path(u"a.ffrun"_s)));
    QVERIFY(side->read());
    QVERIFY(!side->goesOn());
    QCOMPARE(side->finish().samples.tasks(), 11U);
}

void tst_RunSide::whoeverDiesLeavesATornRun()
{
    auto live = recorder(u"a.ffrun"_s);
    write(*live, tasks(1, 10));
    Result<RunSide> side = RunSide::open({path(u"a.ffrun"_s)});
    QVERIFY(side && side->read());
    live.reset(); // as it is when its process dies: never finished
    QFile torn(path(u"a.ffrun"_s));
    QVERIFY(torn.open(QIODevice::Append) && torn.write("half a block") > 0);
    torn.close();

    QVERIFY(side->read());

    QVERIFY(!side->goesOn());
    QCOMPARE(side->loaded().samples.tasks(), 10U);
    QCOMPARE(side->loaded().damages.size(), 1);
}

void tst_RunSide::aBlockThatIsBeingWrittenIsNoDamage()
{
    const auto live = recorder(u"a.ffrun"_s);
    write(*live, tasks(1, 10));
    QFile whole(path(u"a.ffrun"_s));
    QVERIFY(whole.open(QIODevice::ReadOnly));
    const QByteArray bytes = whole.readAll();
    QFile growing(path(u"b.ffrun"_s));
    QVERIFY(growing.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    markRecorded(growing);
    growing.write(bytes.chopped(7));
    Result<RunSide> side = RunSide::open({path(u"b.ffrun"_s)});
    QVERIFY(side);

    side->read();
    QCOMPARE(side->loaded().samples.tasks(), 0U);
    growing.write(bytes.last(7));
    side->read();

    QCOMPARE(side->loaded().samples.tasks(), 10U);
    QVERIFY(side->loaded().damages.isEmpty());
}

void tst_RunSide::roundsGrowBesideEachOther()
{
    const auto first = recorder(u"a.ffrun"_s);
    const auto second = recorder(u"b.ffrun"_s);
    write(*first, tasks(1, 3));
    write(*second, tasks(1, 4));
    Result<RunSide> side = RunSide::open({path(u"a.ffrun"_s), path(u"b.ffrun"_s)});
    QVERIFY(side && side->read());

    write(*first, tasks(4, 1)); // the earlier one, again
    QVERIFY(side->read());

    const RunSamples run = side->loaded().samples;
    QCOMPARE(run.tasks(), 8U);
    QCOMPARE(run.walls, (std::vector<qint64>{3'000'604, 3'000'604}));
}

void tst_RunSide::readingInPartsIsReadingAtOnce()
{
    const auto live = recorder(u"a.ffrun"_s);
    Result<RunSide> side = RunSide::open({path(u"a.ffrun"_s)});
    QVERIFY(side);
    for (quint64 first = 1; first <= 401; first += 100) {
        write(*live, tasks(first, 100, qint64(7'919 * first % 1'000)));
        side->read();
    }

    QVERIFY(live->finish(500));
    side->read();

    const RunSamples parts = side->finish().samples;
    const Result<LoadedRun> whole = loadRuns({path(u"a.ffrun"_s)});
    QVERIFY(whole);
    const HandlerSamples &a = parts.handlers.at(0);
    const HandlerSamples &b = whole->samples.handlers.at(0);
    QVERIFY(std::ranges::equal(a.total.values(), b.total.values()));
    QVERIFY(std::ranges::equal(a.phase(Phase::Running).values(), b.phase(Phase::Running).values()));
    QCOMPARE(parts.walls, whole->samples.walls);
}

void tst_RunSide::aMissingFileIsRefused()
{
    const Result<RunSide> side = RunSide::open({path(u"absent.ffrun"_s)});

    QVERIFY(!side);
    QVERIFY(side.error().message.contains(u"absent.ffrun"_s));
}

QTEST_GUILESS_MAIN(tst_RunSide)
#include "tst_runside.moc"
