// SPDX-License-Identifier: MIT
#include "desktop/palette/fuzzymatch.h"

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_FuzzyMatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsLettersInTheirOrder_data();
    void findsLettersInTheirOrder();
    void prefersWhatWasMeant_data();
    void prefersWhatWasMeant();
    void wordsMayComeInAnyOrder();
    void anEmptyPatternFitsEverything();
};

void tst_FuzzyMatch::findsLettersInTheirOrder_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("fits");
    QTest::addColumn<QList<int>>("positions");
    QTest::newRow("side by side") << u"lay"_s << u"Reset layout"_s << true << QList{6, 7, 8};
    QTest::newRow("beginnings") << u"rl"_s << u"Reset layout"_s << true << QList{0, 6};
    QTest::newRow("case") << u"RESET"_s << u"Reset layout"_s << true << QList{0, 1, 2, 3, 4};
    QTest::newRow("humps") << u"se"_s << u"StringEvent"_s << true << QList{0, 6};
    QTest::newRow("other order") << u"lr"_s << u"Reset layout"_s << false << QList<int>();
    QTest::newRow("too long") << u"abcd"_s << u"abc"_s << false << QList<int>();
    QTest::newRow("no text") << u"a"_s << QString() << false << QList<int>();
    QTest::newRow("letter twice") << u"ee"_s << u"Emit"_s << false << QList<int>();
}

void tst_FuzzyMatch::findsLettersInTheirOrder()
{
    QFETCH(QString, pattern);
    QFETCH(QString, text);
    QFETCH(bool, fits);
    QFETCH(QList<int>, positions);

    const auto match = fuzzyMatch(pattern, text);

    QCOMPARE(match.has_value(), fits);
    if (match)
        QCOMPARE(match->positions, positions);
}

void tst_FuzzyMatch::prefersWhatWasMeant_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("better");
    QTest::addColumn<QString>("worse");
    QTest::newRow("beginning") << u"em"_s << u"Emit"_s << u"Remember"_s;
    QTest::newRow("word") << u"lay"_s << u"Reset layout"_s << u"Display"_s;
    QTest::newRow("shorter") << u"sleep"_s << u"Emit Sleep"_s << u"Emit SleepAsyncForEver"_s;
    QTest::newRow("side by side") << u"fol"_s << u"Follow"_s << u"Fit the whole"_s;
}

void tst_FuzzyMatch::prefersWhatWasMeant()
{
    QFETCH(QString, pattern);
    QFETCH(QString, better);
    QFETCH(QString, worse);

    const auto good = fuzzyMatch(pattern, better);
    const auto bad = fuzzyMatch(pattern, worse);

    QVERIFY(good);
    QVERIFY(!bad || good->score > bad->score);
}

void tst_FuzzyMatch::wordsMayComeInAnyOrder()
{
    const auto match = fuzzyMatch(u"lay res", u"Reset layout");

    QVERIFY(match);
    QCOMPARE(match->positions, (QList{0, 1, 2, 6, 7, 8}));
}

void tst_FuzzyMatch::anEmptyPatternFitsEverything()
{
    const auto match = fuzzyMatch(u"", u"Emit");

    QVERIFY(match);
    QVERIFY(match->positions.isEmpty());
}

QTEST_MAIN(tst_FuzzyMatch)
#include "tst_fuzzymatch.moc"
