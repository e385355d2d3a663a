// SPDX-License-Identifier: MIT
#include "desktop/runs/openedrun.h"

#include "runfixtures.h"

#include <fanfare/runs/runexport.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace RunFixtures;
using namespace Qt::StringLiterals;

class tst_OpenedRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsARunAsTheModelOfItsFacts();
    void aTornFileOpensUpToTheDamage();
    void aChromeTraceOpensToo();
    void timesThatCannotBeAreTold();
    void aCompressedTraceIsToldSo();
    void lanesOfOneNameInTwoProcessesStayTwo();
    void whatIsNeitherIsRefusedWithAWayOut();
    void aStopRequestEndsItEarly();

private:
    static Result<OpenedRun> open(const QString &path, std::stop_token stop = {})
    {
        return openRun(
            path, [](double) {}, std::move(stop));
    }
    QString write(const QString &name, const QByteArray &content);

    QTemporaryDir m_folder;
};

QString tst_OpenedRun::write(const QString &name, const QByteArray &content)
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write(content);
    return file.fileName();
}

void tst_OpenedRun::readsARunAsTheModelOfItsFacts()
{
    const QString path = writeRun(m_folder.path(), 100, u"first"_s);

    const Result<OpenedRun> run = open(path);

    QVERIFY(run);
    QCOMPARE(run->model->spanCount(), size_t(100));
    QCOMPARE(run->info.label, u"first"_s);
    QVERIFY(run->damage.isEmpty());
    const SpanEntry span = run->model->span(0);
    QCOMPARE(run->model->handler(span.handler).handler, u"sleep"_s);
    QCOMPARE(run->model->handler(span.handler).plugin, u"basics"_s);
    QCOMPARE(run->model->eventName(span.record.task.emission), u"Sleep"_s);
    QCOMPARE(run->model->lane(span.lane).name, u"thread 1"_s);
    QCOMPARE(run->model->totals().emissions, quint64(100));
    QCOMPARE(run->model->totals().running, quint64(0));
}

void tst_OpenedRun::aTornFileOpensUpToTheDamage()
{
    QFile whole(writeRun(m_folder.path(), 1'000, u"torn"_s));
    QVERIFY(whole.open(QIODevice::ReadWrite));
    QVERIFY(whole.resize(whole.size() - 40));

    const Result<OpenedRun> run = open(whole.fileName());

    QVERIFY(run);
    QCOMPARE(run->model->spanCount(), size_t(1'000));
    QVERIFY(!run->index);
    QVERIFY(!run->damage.isEmpty());
}

void tst_OpenedRun::aChromeTraceOpensToo()
{
    QFile trace(m_folder.filePath(u"trace.json"_s));
    QVERIFY(trace.open(QIODevice::WriteOnly));
    QVERIFY(exportChrome(writeRun(m_folder.path(), 10, u"exported"_s), trace));
    trace.close();

    const Result<OpenedRun> run = open(trace.fileName());

    QVERIFY(run);
    QCOMPARE(run->path, trace.fileName());
    QCOMPARE(run->model->spanCount(), size_t(10));
    QVERIFY(isRunFile(trace.fileName()));
}

void tst_OpenedRun::timesThatCannotBeAreTold()
{
    const QString path = write(u"odd.json"_s, R"([{"ph": "X", "ts": 1, "dur": -800},
        {"ph": "B", "ts": 3}, {"ph": "E", "ts": 2}, {"ph": "X", "ts": 4, "dur": 5}, )");

    const Result<OpenedRun> run = open(path);

    QVERIFY(run);
    QCOMPARE(run->model->spanCount(), size_t(3));
    QVERIFY2(run->damage.contains(u"odd.json is damaged"_s), qPrintable(run->damage));
    QVERIFY2(run->damage.contains(u". 2 tasks of the trace have impossible times"_s),
             qPrintable(run->damage));
}

void tst_OpenedRun::aCompressedTraceIsToldSo()
{
    const Result<OpenedRun> run = open(write(u"trace.json.gz"_s, "\x1f\x8b\x08 and so on"));

    QVERIFY(!run);
    QVERIFY2(run.error().message.contains(u"is compressed: unpack it first"_s),
             qPrintable(run.error().message));
}

void tst_OpenedRun::lanesOfOneNameInTwoProcessesStayTwo()
{
    const QString path = write(u"two.json"_s, R"({"traceEvents": [
        {"ph": "M", "name": "thread_name", "pid": 1, "tid": 1, "args": {"name": "main"}},
        {"ph": "M", "name": "thread_name", "pid": 2, "tid": 1, "args": {"name": "main"}},
        {"ph": "X", "name": "work", "pid": 1, "tid": 1, "ts": 1, "dur": 5},
        {"ph": "X", "name": "work", "pid": 2, "tid": 1, "ts": 2, "dur": 5}]})");

    const Result<OpenedRun> run = open(path);

    QVERIFY(run);
    QCOMPARE(run->model->laneCount(), 2);
    QCOMPARE(run->model->lane(1).name, u"main · 2"_s);
}

void tst_OpenedRun::whatIsNeitherIsRefusedWithAWayOut()
{
    const QString path = write(u"notes.txt"_s, "Buy milk.");

    const Result<OpenedRun> run = open(path);

    QVERIFY(!run);
    QVERIFY(run.error().message.contains(u"notes.txt"_s));
    QVERIFY(run.error().message.contains(u".ffrun"_s));
    QVERIFY(!isRunFile(path));
    QCOMPARE(open(m_folder.filePath(u"absent.ffrun"_s)).error().code, ErrorCode::NotFound);
}

void tst_OpenedRun::aStopRequestEndsItEarly()
{
    const auto source = std::make_unique<std::stop_source>();
    source->request_stop();

    const Result<OpenedRun> run =
        open(writeRun(m_folder.path(), 10, u"stopped"_s), source->get_token());

    QVERIFY(run);
    QCOMPARE(run->model->spanCount(), size_t(0));
}

QTEST_GUILESS_MAIN(tst_OpenedRun)
#include "tst_openedrun.moc"
