// SPDX-License-Identifier: MIT
#include "desktop/timeline/spanfilter.h"

#include <QTest>

using namespace Fanfare;
using Field = SpanFilter::Field;

class tst_SpanFilter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comparesNames_data();
    void comparesNames();
    void comparesTimes_data();
    void comparesTimes();
    void knowsOutcomesAndEmissions();
    void refusesWithASentence_data();
    void refusesWithASentence();
    void asksForExactlyAHandler();
    void isEmptyWithoutTerms();
};

static SpanFilter::Term termOf(const QString &text)
{
    const Result<SpanFilter> filter = SpanFilter::parse(text);
    return filter && filter->terms().size() == 1 ? filter->terms()[0] : SpanFilter::Term();
}

void tst_SpanFilter::comparesNames_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char *text, bool matches) {
        QTest::newRow(text) << QString::fromUtf8(text) << matches;
    };
    row("handler:sleepAsync", true);
    row("HANDLER:SLEEPASYNC", true);
    row("handler:sleep", false); // a whole name, unless there is a wildcard
    row("handler:sleep*", true);
    row("handler:s?eepasync", true);
    row("handler:*.*", false); // a dot is a dot
    row("handler:spin,sleep*", true);
    row("handler:spin,echo", false);
    row("-handler:sleep*", false);
    row("-handler:spin", true);
    row("plugin:basics", true);
    row("plugin:sleep*", false);
    row("event:\"Sleep Async\"", true);
    row("worker:process/2", true);
    row("worker:\"process 2\"", true);
    row("worker:process*", true);
    row("worker:thread*", false);
    row("eepas", true);
    row("basic", true);
    row("async", true);
    row("\"p A\"", true); // a quoted word
    row("-basic", false);
    row("process", false); // a word is not looked for in workers
}

void tst_SpanFilter::comparesNames()
{
    QFETCH(QString, text);
    QFETCH(bool, matches);
    const FilterSubject subject{QStringLiteral("basics"), QStringLiteral("sleepAsync"),
                                QStringLiteral("Sleep Async"), QStringLiteral("process 2")};

    QCOMPARE(matchesNames(termOf(text), subject), matches);
}

void tst_SpanFilter::comparesTimes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("time");
    QTest::addColumn<bool>("matches");
    QTest::newRow("ms") << QStringLiteral("wait>5ms") << qint64(5'000'001) << true;
    QTest::newRow("not more") << QStringLiteral("wait>5ms") << qint64(5'000'000) << false;
    QTest::newRow("us") << QStringLiteral("run<1.5us") << qint64(1'499) << true;
    QTest::newRow("micro sign") << QStringLiteral("run<1.5\u00b5s") << qint64(1'500) << false;
    QTest::newRow("s") << QStringLiteral("run>2s") << qint64(2'000'000'001) << true;
    QTest::newRow("no unit") << QStringLiteral("run>2") << qint64(2'000'000'001) << true;
    QTest::newRow("m") << QStringLiteral("run<1m") << qint64(59'999'999'999) << true;
    QTest::newRow("total") << QStringLiteral("total>2ms") << qint64(2'000'001) << true;
    QTest::newRow("negated") << QStringLiteral("-run>2s") << qint64(1) << true;
}

void tst_SpanFilter::comparesTimes()
{
    QFETCH(QString, text);
    QFETCH(qint64, time);
    QFETCH(bool, matches);

    const Field field = text.contains(u"wait") ? Field::Wait
        : text.contains(u"total")              ? Field::Total
                                               : Field::Run;
    QVERIFY(termOf(text).field == field);
    QCOMPARE(matchesTime(termOf(text), time), matches);
}

void tst_SpanFilter::knowsOutcomesAndEmissions()
{
    QVERIFY(matchesOutcome(termOf(QStringLiteral("outcome:failed")), Outcome::Failed));
    QVERIFY(!matchesOutcome(termOf(QStringLiteral("outcome:failed")), Outcome::Crashed));
    QVERIFY(matchesOutcome(termOf(QStringLiteral("outcome:\"timed out\"")), Outcome::TimedOut));
    QVERIFY(matchesOutcome(termOf(QStringLiteral("outcome:failure")), Outcome::Crashed));
    QVERIFY(!matchesOutcome(termOf(QStringLiteral("outcome:failure")), Outcome::Canceled));
    QVERIFY(matchesOutcome(termOf(QStringLiteral("-outcome:succeeded")), Outcome::Canceled));
    QVERIFY(matchesEmission(termOf(QStringLiteral("emission:#1234")), EmissionId{1234}));
    QVERIFY(matchesEmission(termOf(QStringLiteral("emission:1,2")), EmissionId{2}));
    QVERIFY(!matchesEmission(termOf(QStringLiteral("emission:1,2")), EmissionId{3}));
}

void tst_SpanFilter::refusesWithASentence_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("part");
    QTest::newRow("field") << QStringLiteral("color:red") << QStringLiteral("\"color\"");
    QTest::newRow("outcome") << QStringLiteral("outcome:sad") << QStringLiteral("\"sad\"");
    QTest::newRow("emission") << QStringLiteral("emission:x1") << QStringLiteral("\"x1\"");
    QTest::newRow("time") << QStringLiteral("wait>long") << QStringLiteral("wait>5ms");
    QTest::newRow("colon for a time") << QStringLiteral("run:5ms") << QStringLiteral("run>5ms");
    QTest::newRow("number for a name") << QStringLiteral("handler>5") << QStringLiteral("handler:");
    QTest::newRow("nothing") << QStringLiteral("a handler:") << QStringLiteral("handler:");
    QTest::newRow("too long") << QStringLiteral("run>99999999999h") << QStringLiteral("run");
}

void tst_SpanFilter::refusesWithASentence()
{
    QFETCH(QString, text);
    QFETCH(QString, part);

    const Result<SpanFilter> filter = SpanFilter::parse(text);

    QVERIFY(!filter);
    QCOMPARE(filter.error().code, ErrorCode::InvalidArgument);
    QVERIFY2(filter.error().message.contains(part), qPrintable(filter.error().message));
    QVERIFY(filter.error().message.endsWith(u'.'));
}

void tst_SpanFilter::asksForExactlyAHandler()
{
    const QString name = QStringLiteral("[Sync] two, words*");
    FilterSubject subject;
    subject.handler = QStringLiteral("[Sync]");

    QVERIFY(matchesNames(termOf(SpanFilter::handlerTerm(subject.handler, false)), subject));
    QVERIFY(!matchesNames(termOf(SpanFilter::handlerTerm(subject.handler, true)), subject));
    QVERIFY(SpanFilter::parse(SpanFilter::handlerTerm(name, true)));
}

void tst_SpanFilter::isEmptyWithoutTerms()
{
    QVERIFY(SpanFilter::parse(QString())->isEmpty());
    QVERIFY(SpanFilter::parse(QStringLiteral("  "))->isEmpty());
    QCOMPARE(SpanFilter::parse(QStringLiteral("a b  c"))->terms().size(), 3U);
}

QTEST_MAIN(tst_SpanFilter)
#include "tst_spanfilter.moc"
