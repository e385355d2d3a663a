// SPDX-License-Identifier: MIT
#include "desktop/scenarios/scenariotext.h"

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_ScenarioText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changesNothingElse_data();
    void changesNothingElse();
};

void tst_ScenarioText::changesNothingElse_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<uint>("value");
    QTest::addColumn<QString>("after");

    QTest::newRow("laid out") << u"{\n  \"scenario\": 1\n}\n"_s << 4U
                              << u"{\n  \"n\": 4,\n  \"scenario\": 1\n}\n"_s;
    QTest::newRow("in one line") << u"{\"a\": 1}"_s << 4U << u"{\"n\": 4, \"a\": 1}"_s;
    QTest::newRow("empty") << u"{}"_s << 4U << u"{\"n\": 4}"_s;
    QTest::newRow("there already")
        << u"{\"a\": 1, \"n\" :  30 , \"b\": 2}"_s << 4U << u"{\"a\": 1, \"n\": 4 , \"b\": 2}"_s;
    QTest::newRow("at the end") << u"{\"a\": 1,\n \"n\": 30\n}"_s << 4U
                                << u"{\"a\": 1,\n \"n\": 4\n}"_s;
    QTest::newRow("of another object") << u"{\"a\": {\"n\": 30}, \"b\": [{\"n\": 2}]}"_s << 4U
                                       << u"{\"n\": 4, \"a\": {\"n\": 30}, \"b\": [{\"n\": 2}]}"_s;
    QTest::newRow("a value of that name") << u"{\"a\": \"n\", \"b\": \"\\\"n\"}"_s << 4U
                                          << u"{\"n\": 4, \"a\": \"n\", \"b\": \"\\\"n\"}"_s;
    QTest::newRow("out of the middle")
        << u"{\"a\": 1,\n \"n\": 30,\n \"b\": 2}"_s << 0U << u"{\"a\": 1,\n \"b\": 2}"_s;
    QTest::newRow("out of the front") << u"{ \"n\": 30,\n \"b\": 2}"_s << 0U << u"{\n \"b\": 2}"_s;
    QTest::newRow("out of the end") << u"{\"a\": 1, \"n\": 30 }"_s << 0U << u"{\"a\": 1 }"_s;
    QTest::newRow("out of nothing else") << u"{\"n\": 30}"_s << 0U << u"{}"_s;
    QTest::newRow("none to take out") << u"{\"a\": 1}"_s << 0U << u"{\"a\": 1}"_s;
    QTest::newRow("no JSON") << u"{\"a\": "_s << 4U << u"{\"a\": "_s;
    QTest::newRow("a list") << u"[1]"_s << 4U << u"[1]"_s;
}

void tst_ScenarioText::changesNothingElse()
{
    QFETCH(QString, before);
    QFETCH(uint, value);
    QFETCH(QString, after);

    QCOMPARE(withNumber(before, u"n"_s, value), after);
}

QTEST_GUILESS_MAIN(tst_ScenarioText)
#include "tst_scenariotext.moc"
