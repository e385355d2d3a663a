// SPDX-License-Identifier: MIT
// How tasks end: results, errors and callbacks.
#include "story.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Fanfare;
using namespace Fanfare::Test;

class tst_EventEmitterEnds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void everyKindOfHandlerEndsInOneCallback_data();
    void everyKindOfHandlerEndsInOneCallback();
    void falsyResultsAreResults_data();
    void falsyResultsAreResults();
    void anErrorHarmsNobodyElse_data() { addExecutorRows(); }
    void anErrorHarmsNobodyElse();
    void errorTextsAreTakenAsTheyAre_data();
    void errorTextsAreTakenAsTheyAre();
    void whatIsNoExceptionIsAFailureToo_data() { addExecutorRows(); }
    void whatIsNoExceptionIsAFailureToo();
    void aThrowingCallbackIsReportedAndHarmsNothing_data();
    void aThrowingCallbackIsReportedAndHarmsNothing();
    void callbacksMayEmit_data() { addExecutorRows(); }
    void callbacksMayEmit();
};

void tst_EventEmitterEnds::everyKindOfHandlerEndsInOneCallback_data()
{
    QTest::addColumn<QString>("executorKind");
    QTest::addColumn<HandlerKind>("kind");
    for (const char *executor : {"inline", "1", "3"}) {
        const QString name = QString::fromLatin1(executor);
        QTest::addRow("sync, %s", executor) << name << HandlerKind::Sync;
        QTest::addRow("blocking, %s", executor) << name << HandlerKind::Blocking;
        QTest::addRow("async, %s", executor) << name << HandlerKind::Async;
    }
}

void tst_EventEmitterEnds::everyKindOfHandlerEndsInOneCallback()
{
    QFETCH(QString, executorKind);
    QFETCH(HandlerKind, kind);
    Bench bench(executorKind);
    const auto good = [](Context &) { return QCborValue(42); };
    const auto bad = [](Context &) -> QCborValue { throw std::runtime_error("broken"); };
    bench.subscribe({u"A"_s}, telling(bench.story, good, kind));
    bench.subscribe({u"A"_s}, telling(bench.story, bad, kind));

    QVERIFY(bool(bench.emitter.emit(u"A"_s)));

    QVERIFY(bench.drain());
    QCOMPARE(bench.story.sorted(),
             (QStringList{u"Failed: std::runtime_error: broken"_s, u"success: 42"_s}));
}

void tst_EventEmitterEnds::falsyResultsAreResults_data()
{
    QTest::addColumn<QCborValue>("result");
    QTest::addColumn<QString>("text");

    QTest::newRow("0") << QCborValue(0) << u"0"_s;
    QTest::newRow("false") << QCborValue(false) << u"false"_s;
    QTest::newRow("empty text") << QCborValue(u""_s) << u"\"\""_s;
    QTest::newRow("empty list") << QCborValue(QCborArray()) << u"[]"_s;
    QTest::newRow("empty map") << QCborValue(QCborMap()) << u"{}"_s;
    QTest::newRow("nothing") << QCborValue() << u"nothing"_s;
}

void tst_EventEmitterEnds::falsyResultsAreResults()
{
    QFETCH(QCborValue, result);
    QFETCH(QString, text);
    Bench bench(u"inline"_s);
    bench.subscribe({u"A"_s}, telling(bench.story, [result](Context &) { return result; }));

    const Result<Emission> emission = bench.emitter.emit(u"A"_s);

    QCOMPARE(bench.story.lines(), QStringList{u"success: "_s + text});
    QCOMPARE(emission->tasks().front().result, result);
}

void tst_EventEmitterEnds::anErrorHarmsNobodyElse()
{
    QFETCH(QString, executorKind);
    Bench bench(executorKind);
    bench.subscribe({u"A"_s},
                    [](Context &) -> QCborValue { throw std::logic_error("nobody cares"); });
    bench.subscribe({u"A"_s}, bench.saying(u"sibling"_s));

    QVERIFY(bool(bench.emitter.emit(u"A"_s)));
    QVERIFY(bool(bench.emitter.emit(u"A"_s)));

    QVERIFY(bench.drain());
    QCOMPARE(bench.story.lines(), (QStringList{u"sibling"_s, u"sibling"_s}));
    QVERIFY(bool(bench.executor->shutdown()));
}

void tst_EventEmitterEnds::errorTextsAreTakenAsTheyAre_data()
{
    QTest::addColumn<QString>("text");

    QTest::newRow("percent") << u"100%"_s;
    QTest::newRow("printf") << u"%d %s %n %(x)s %%"_s;
    QTest::newRow("QString places") << u"%1 %2 %L3 %99"_s;
    QTest::newRow("empty") << u""_s;
    QTest::newRow("lines") << u"one\ntwo\ttab \"quoted\" \\"_s;
    QTest::newRow("beyond U+FFFF") << u"fr\u00fch \U0001f3ba"_s;
    QTest::newRow("long") << QString(100'000, u'%');
}

void tst_EventEmitterEnds::errorTextsAreTakenAsTheyAre()
{
    QFETCH(QString, text);
    Bench bench(u"inline"_s);
    SubscriberOptions options = telling(bench.story, [text](Context &) -> QCborValue {
        throw std::runtime_error(text.toStdString());
    });
    bench.subscribe({u"%1 100%"_s}, options);

    const Result<Emission> emission =
        bench.emitter.emit(u"%1 100%"_s, {.positional = {u"%2 100%"_s}});

    QCOMPARE(emission->tasks().front().error.what, text);
    QCOMPARE(bench.story.lines().size(), 1);
    QVERIFY(bench.story.lines().front().startsWith(u"Failed: std::runtime_error: "_s));
}

void tst_EventEmitterEnds::whatIsNoExceptionIsAFailureToo()
{
    QFETCH(QString, executorKind);
    Bench bench(executorKind);
    const auto number = [](Context &) -> QCborValue { throw 42; };
    bench.subscribe({u"A"_s}, telling(bench.story, number));
    bench.subscribe({u"A"_s}, telling(bench.story, number, HandlerKind::Async));

    const Result<Emission> emission = bench.emitter.emit(u"A"_s);

    QVERIFY(bench.drain());
    QCOMPARE(bench.story.lines().size(), 2);
    for (const QString &line : bench.story.lines())
        QVERIFY2(line.startsWith(u"Failed: int: "_s), qPrintable(line));
    for (const TaskStatus &task : emission->tasks())
        QCOMPARE(task.outcome, Outcome::Failed);
}

void tst_EventEmitterEnds::aThrowingCallbackIsReportedAndHarmsNothing_data()
{
    everyKindOfHandlerEndsInOneCallback_data();
}

void tst_EventEmitterEnds::aThrowingCallbackIsReportedAndHarmsNothing()
{
    QFETCH(QString, executorKind);
    QFETCH(HandlerKind, kind);
    Bench bench(executorKind);
    SubscriberOptions good = telling(
        bench.story, [](Context &) { return QCborValue(1); }, kind);
    good.onSuccess = [](Context &, const QCborValue &) { throw std::runtime_error("100% %1"); };
    SubscriberOptions bad = telling(
        bench.story, [](Context &) -> QCborValue { throw std::runtime_error("first"); }, kind);
    bad.onFailure = [](Context &, Outcome, const TaskError &) { throw 42; };
    bench.subscribe({u"A"_s}, good);
    bench.subscribe({u"A"_s}, bad);
    QTest::ignoreMessage(QtWarningMsg, "The success callback threw std::runtime_error: 100% %1");
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"^The failure callback threw int: "_s));

    const Result<Emission> emission = bench.emitter.emit(u"A"_s);

    QVERIFY(bench.drain());
    QCOMPARE(bench.story.lines(), QStringList());
    QCOMPARE(emission->tasks()[0].outcome, Outcome::Succeeded);
    QCOMPARE(emission->tasks()[1].outcome, Outcome::Failed);
    QCOMPARE(emission->tasks()[1].error.what, u"first"_s);
}

void tst_EventEmitterEnds::callbacksMayEmit()
{
    QFETCH(QString, executorKind);
    Bench bench(executorKind);
    SubscriberOptions options;
    options.handler.run = [](Context &) { return QCborValue(7); };
    options.onSuccess = [&](Context &, const QCborValue &result) {
        (void)bench.emitter.emit(u"B"_s, {.positional = {result}});
    };
    bench.subscribe({u"A"_s}, options);
    bench.subscribe({u"B"_s}, [&](Context &context) {
        bench.story.add(toText(context.arguments().positional.first()));
        return QCborValue();
    });

    QVERIFY(bool(bench.emitter.emit(u"A"_s)));

    QVERIFY(bench.drain());
    QCOMPARE(bench.story.lines(), QStringList{u"7"_s});
}

QTEST_GUILESS_MAIN(tst_EventEmitterEnds)
#include "tst_eventemitterends.moc"
