// SPDX-License-Identifier: MIT
#include <fanfare/runs/runlock.h>
#include <fanfare/runs/runreader.h>
#include <fanfare/runs/runwriter.h>

#include <QBuffer>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_UnfinishedTasks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void returnWhatTheyWere();
    void refuseWhatIsTorn();
    void whatWasOpenWhenItWasTornIsInterrupted();
    void whatEndedSinceThenIsNotInterrupted();
    void whatWasOpenWhenItEndedInOrderIsNot();
    void whatIsOpenWhileItGoesOnIsNot();
    void whatIsOpenIsWrittenTwiceASecondAtMost();

private:
    /// What a reader brings of a file with \a bytes.
    struct Content
    {
        TraceBatch batch;
        QString damage;
        bool hasIndex = false;
        quint64 unfinished = 0;
    };
    Content readAll(const QByteArray &bytes);

    QTemporaryDir m_folder;
};

tst_UnfinishedTasks::Content tst_UnfinishedTasks::readAll(const QByteArray &bytes)
{
    QFile file(m_folder.filePath(u"run.ffrun"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write the file");
    file.close();
    Content content;
    Result<RunReader> reader = RunReader::open(file.fileName());
    if (!reader)
        return {.damage = reader.error().message};
    while (reader->read(content.batch)) { }
    content.damage = reader->damage();
    content.hasIndex = reader->index().has_value();
    content.unfinished = reader->unfinished();
    return content;
}

/// A batch that brings nothing but tasks that are open at \a time: \a running began 5 ns earlier.
static TraceBatch openBatch(qint64 time, std::vector<TaskId> running,
                            std::vector<TaskId> queued = {}, quint64 more = 0)
{
    TraceBatch batch;
    batch.live.time = time;
    for (const TaskId &task : running)
        batch.live.running.push_back({.task = task, .queued = time - 9, .started = time - 5});
    for (const TaskId &task : queued)
        batch.live.queued.push_back({.task = task, .queued = time - 2});
    batch.live.queuedCount = queued.size() + more;
    return batch;
}

static TraceBatch finishedBatch(TaskId task, qint64 time)
{
    TraceBatch batch;
    batch.spans = {{.task = task, .queued = time - 9, .started = time - 5, .finished = time}};
    return batch;
}

static constexpr TaskId firstTask{EmissionId(1), 0};
static constexpr TaskId secondTask{EmissionId(1), 1};
static constexpr TaskId thirdTask{EmissionId(2), 0};

void tst_UnfinishedTasks::returnWhatTheyWere()
{
    const UnfinishedTasks tasks =
        unfinishedIn(openBatch(100, {firstTask}, {secondTask, thirdTask}, 4).live);

    const Result<UnfinishedTasks> decoded = decodeUnfinished(encodeUnfinished(tasks));

    QVERIFY(decoded);
    QCOMPARE(decoded->more, quint64(4));
    QVERIFY(areSameTasks(*decoded, tasks));
    QCOMPARE(decoded->spans[0].started, qint64(95));
}

void tst_UnfinishedTasks::refuseWhatIsTorn()
{
    const QByteArray whole = encodeUnfinished(unfinishedIn(openBatch(100, {firstTask}).live));
    for (qsizetype size = 0; size < whole.size(); ++size)
        QVERIFY(!decodeUnfinished(whole.first(size)));
}

void tst_UnfinishedTasks::whatWasOpenWhenItWasTornIsInterrupted()
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    RunWriter writer(buffer, {});
    writer.add(openBatch(100, {firstTask, secondTask}, {thirdTask}, 7));
    writer.flush();

    const Content content = readAll(buffer.data());

    QCOMPARE(content.damage, QString());
    QCOMPARE(content.batch.spans.size(), size_t(3));
    for (const SpanRecord &span : content.batch.spans) {
        QCOMPARE(span.outcome, Outcome::Interrupted);
        QCOMPARE(span.finished, qint64(100));
    }
    QCOMPARE(content.batch.spans[0].started, qint64(95));
    QCOMPARE(content.batch.spans[2].started, qint64(100)); // it never ran
    QCOMPARE(content.batch.spans[2].queued, qint64(98));
    QCOMPARE(content.batch.details.size(), size_t(3));
    QCOMPARE(content.batch.details[0].reason, u"record-ended"_s);
    QCOMPARE(content.unfinished, quint64(10));
}

void tst_UnfinishedTasks::whatEndedSinceThenIsNotInterrupted()
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    RunWriter writer(buffer, {});
    writer.add(openBatch(100, {firstTask, secondTask}));
    writer.flush();
    writer.add(finishedBatch(firstTask, 200));
    writer.flush();

    const Content content = readAll(buffer.data());

    QCOMPARE(content.batch.spans.size(), size_t(2));
    QCOMPARE(content.batch.spans[0].outcome, Outcome::Succeeded);
    QCOMPARE(content.batch.spans[1].task, secondTask);
    QCOMPARE(content.batch.spans[1].outcome, Outcome::Interrupted);
}

void tst_UnfinishedTasks::whatWasOpenWhenItEndedInOrderIsNot()
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    RunWriter writer(buffer, {});
    writer.add(openBatch(100, {firstTask}));
    writer.flush();
    writer.finish(1); // after Clear the task goes on, in another file

    const Content content = readAll(buffer.data());

    QVERIFY(content.hasIndex);
    QCOMPARE(content.batch.spans.size(), size_t(0));
    QCOMPARE(content.unfinished, quint64(0));
}

void tst_UnfinishedTasks::whatIsOpenWhileItGoesOnIsNot()
{
    QFile file(m_folder.filePath(u"live.ffrun"_s));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    markRecorded(file);
    RunWriter writer(file, {});
    writer.add(openBatch(100, {firstTask, secondTask}));
    writer.flush();
    Result<RunReader> reader = RunReader::open(file.fileName());
    QVERIFY(reader);
    TraceBatch batch;

    while (reader->read(batch)) { }
    QCOMPARE(batch.spans.size(), size_t(0));

    writer.add(finishedBatch(firstTask, 200));
    writer.flush();
    file.close(); // as if whoever records died
    reader->lookAgain();
    while (reader->read(batch)) { }
    QCOMPARE(batch.spans.size(), size_t(2));
    QCOMPARE(batch.spans[0].outcome, Outcome::Succeeded);
    QCOMPARE(batch.spans[1].outcome, Outcome::Interrupted);
}

void tst_UnfinishedTasks::whatIsOpenIsWrittenTwiceASecondAtMost()
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    RunWriter writer(buffer, {});
    quint64 blocks = 0;
    for (qint64 ms = 1; ms <= 2'000; ++ms) {
        const quint64 size = writer.size();
        writer.add(openBatch(ms * 1'000'000, {{EmissionId(ms), 0}}));
        writer.flush();
        blocks += writer.size() > size ? 1 : 0;
    }
    QCOMPARE(blocks, quint64(4));
}

QTEST_GUILESS_MAIN(tst_UnfinishedTasks)
#include "tst_unfinishedtasks.moc"
