// SPDX-License-Identifier: MIT
#include "desktop/runs/runkeeper.h"

#include "desktop/samplefacts.h"
#include "desktop/session.h"
#include "desktop/testengine.h"

#include <fanfare/runs/runreader.h>

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace Fanfare;
using namespace SampleFacts;
using namespace Qt::StringLiterals;

class tst_RunKeeper : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void anEngineWithoutTasksLeavesNoFile();
    void keepsTasksWithTheirNames();
    void aRunThatBeginsWithAReplayKeepsItsSpeed();
    void clearingBeginsAnotherFileThatKnowsTheLanes();
    void aDeadEngineLeavesItsTasksAsCrashed();
    void closingLeavesOpenTasksAsInterrupted();
    void aFolderThatCannotBeWrittenIsTold();
    void aFullDiskIsToldOnceAndNoTaskIsLost();

private:
    QStringList files() const;
    void feed(const BatchFact &fact) { Q_EMIT m_session->factsTaken(fact); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Session> m_session;
};

namespace {

struct Kept
{
    std::vector<SpanRecord> spans;
    std::vector<LaneInfo> lanes;
    RunNames names;
    std::optional<RunIndex> index;
};

Kept readAll(const QString &path)
{
    Kept kept;
    Result<RunReader> reader = RunReader::open(path);
    if (!reader)
        return kept;
    TraceBatch batch;
    while (reader->read(batch)) {
        kept.spans.insert(kept.spans.end(), batch.spans.begin(), batch.spans.end());
        kept.lanes.insert(kept.lanes.end(), batch.lanes.begin(), batch.lanes.end());
        batch = {};
    }
    kept.names = reader->names();
    kept.index = reader->index();
    return kept;
}

} // namespace

void tst_RunKeeper::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_session = std::make_unique<Session>(testEngine());
    m_session->model().setCatalog(catalog());
}

QStringList tst_RunKeeper::files() const
{
    const QDir dir(m_folder->path());
    QStringList paths;
    for (const QFileInfo &file : dir.entryInfoList({u"*.ffrun"_s}, QDir::Files, QDir::Time))
        paths.append(file.filePath());
    return paths;
}

void tst_RunKeeper::anEngineWithoutTasksLeavesNoFile()
{
    auto keeper = std::make_unique<RunKeeper>(*m_session, m_folder->path());

    feed(batch({}));
    keeper.reset();

    QCOMPARE(files(), QStringList());
}

void tst_RunKeeper::aRunThatBeginsWithAReplayKeepsItsSpeed()
{
    auto keeper = std::make_unique<RunKeeper>(*m_session, m_folder->path());
    QList<double> speeds;
    connect(keeper.get(), &RunKeeper::beginning, this,
            [&speeds](const RunInfo &info) { speeds.append(info.speed); });
    const auto begin = [&] { feed(batch({span(task(1), 3, 1'000)})); };

    keeper->noteSpeed(10);
    begin();
    keeper->endRun();
    begin();
    keeper->noteSpeed(5); // of what is emitted into it later: it stays what it was
    keeper->endRun();
    begin();
    keeper->endRun();

    QCOMPARE(speeds, (QList<double>{10, 1, 1}));
    keeper.reset();
    QCOMPARE(files().size(), 3);
    QList<double> kept;
    for (const QString &path : files())
        kept.append(RunReader::open(path)->info().speed);
    QCOMPARE(kept.count(10), 1);
}

void tst_RunKeeper::keepsTasksWithTheirNames()
{
    auto keeper = std::make_unique<RunKeeper>(*m_session, m_folder->path());
    BatchFact fact = batch({span(task(1), 3, 1'000)});
    fact.counters.emissions = 1;

    feed(fact);
    keeper.reset();

    QCOMPARE(files().size(), 1);
    const Kept kept = readAll(files().constFirst());
    QCOMPARE(kept.spans.size(), size_t(1));
    QCOMPARE(kept.lanes.size(), size_t(1));
    QCOMPARE(kept.names.handlers.size(), size_t(5));
    QVERIFY(kept.index);
    QCOMPARE(kept.index->emissions, quint64(1));
    QCOMPARE(kept.index->info.begin, qint64(1'000));
    QCOMPARE(kept.index->info.executor, u"threads"_s);
    QCOMPARE(kept.index->info.workers, 2);
}

void tst_RunKeeper::clearingBeginsAnotherFileThatKnowsTheLanes()
{
    auto keeper = std::make_unique<RunKeeper>(*m_session, m_folder->path());
    feed(batch({span(task(1), 3, 1'000)}));

    m_session->model().clear();
    BatchFact second;
    second.trace.spans = {span(task(2), 3, 9'000'000)};
    feed(second);
    keeper.reset();

    QCOMPARE(files().size(), 2);
    for (const QString &path : files()) {
        const Kept kept = readAll(path);
        QCOMPARE(kept.spans.size(), size_t(1));
        QCOMPARE(kept.lanes.size(), size_t(1));
        QVERIFY(kept.index);
    }
}

void tst_RunKeeper::aDeadEngineLeavesItsTasksAsCrashed()
{
    auto keeper = std::make_unique<RunKeeper>(*m_session, m_folder->path());
    feed(batch({span(task(1), 3, 1'000)}));
    EngineEndFact end;
    end.reason = u"signal 11 (SIGSEGV)"_s;
    end.lost = {
        OpenTask{.task = task(2), .subscriber = SubscriberId{3}, .queued = 5, .started = 6}};

    Q_EMIT m_session->engineEnded(end);
    keeper.reset();

    const Kept kept = readAll(files().value(0));
    QCOMPARE(kept.spans.size(), size_t(2));
    QVERIFY(kept.index);
    QCOMPARE(kept.index->outcomes[size_t(Outcome::Crashed)], quint64(1));
}

void tst_RunKeeper::closingLeavesOpenTasksAsInterrupted()
{
    auto keeper = std::make_unique<RunKeeper>(*m_session, m_folder->path());
    feed(batch({span(task(1), 3, 1'000)}));
    BatchFact open;
    open.trace.live.time = 9'000'000;
    open.trace.live.running = {{.task = task(2), .queued = 5, .started = 6}};
    feed(open);

    keeper.reset();

    const Kept kept = readAll(files().value(0));
    QCOMPARE(kept.spans.size(), size_t(2));
    QCOMPARE(kept.spans[1].task, task(2));
    QCOMPARE(kept.spans[1].outcome, Outcome::Interrupted);
    QVERIFY(kept.index);
    QCOMPARE(kept.index->outcomes[size_t(Outcome::Interrupted)], quint64(1));
}

void tst_RunKeeper::aFolderThatCannotBeWrittenIsTold()
{
    QFile blocker(m_folder->filePath(u"blocker"_s));
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    RunKeeper keeper(*m_session, m_folder->filePath(u"blocker/runs"_s));
    QSignalSpy troubles(&keeper, &RunKeeper::troubled);

    feed(batch({span(task(1), 3, 1'000)}));
    feed(batch({span(task(2), 3, 2'000)}));

    QTRY_COMPARE(troubles.count(), 1);
    QVERIFY(troubles[0][0].toString().contains(u"blocker"_s));
}

void tst_RunKeeper::aFullDiskIsToldOnceAndNoTaskIsLost()
{
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const rlimit small{2'000, before.rlim_max};
    auto keeper = std::make_unique<RunKeeper>(*m_session, m_folder->path());
    QSignalSpy troubles(keeper.get(), &RunKeeper::troubled);
    QSignalSpy ends(keeper.get(), &RunKeeper::ended);

    setrlimit(RLIMIT_FSIZE, &small);
    for (quint64 i = 1; i <= 20; ++i)
        feed(batch({span(task(i), 3, 1'000)}, {line(5, task(i), 3, QString(400, u'x'))}));
    keeper->endRun();
    QTRY_COMPARE(ends.count(), 1);
    setrlimit(RLIMIT_FSIZE, &before);

    QCOMPARE(troubles.count(), 1);
    QVERIFY(troubles[0][0].toString().contains(u"make room"_s));
    feed(batch({span(task(99), 3, 1'000)})); // the next run has its file again
    keeper.reset();
    QCOMPARE(readAll(files().constFirst()).spans.size(), size_t(1));
}

QTEST_GUILESS_MAIN(tst_RunKeeper)
#include "tst_runkeeper.moc"
