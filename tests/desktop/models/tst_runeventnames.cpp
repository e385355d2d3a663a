// SPDX-License-Identifier: MIT
#include "desktop/models/runeventnames.h"

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_RunEventNames final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersInsideOfARangeOnly();
    void joinsRangesOfOneEvent();
    void letsALaterRangeWin();
    void learnsByEmission();
};

void tst_RunEventNames::answersInsideOfARangeOnly()
{
    RunEventNames names;

    names.setRange(EmissionId{10}, 5, u"A"_s);

    QVERIFY(names.inRanges(EmissionId{9}).isEmpty());
    QCOMPARE(names.inRanges(EmissionId{10}), u"A"_s);
    QCOMPARE(names.inRanges(EmissionId{14}), u"A"_s);
    QVERIFY(names.inRanges(EmissionId{15}).isEmpty());
}

void tst_RunEventNames::joinsRangesOfOneEvent()
{
    RunEventNames names;

    for (quint64 i = 1; i <= 3; ++i)
        names.setRange(EmissionId{i}, 1, u"A"_s);
    names.setRange(EmissionId{4}, 1, u"B"_s);

    QCOMPARE(names.inRanges(EmissionId{3}), u"A"_s);
    QCOMPARE(names.inRanges(EmissionId{4}), u"B"_s);
}

void tst_RunEventNames::letsALaterRangeWin()
{
    RunEventNames names;

    names.setRange(EmissionId{1}, 100, u"A"_s);
    names.setRange(EmissionId{51}, 50, u"B"_s);

    QCOMPARE(names.inRanges(EmissionId{50}), u"A"_s);
    QCOMPARE(names.inRanges(EmissionId{51}), u"B"_s);
}

void tst_RunEventNames::learnsByEmission()
{
    RunEventNames names;

    names.learn(EmissionId{1'000'000}, 0);

    QCOMPARE(names.learned(EmissionId{1'000'000}), std::optional<quint32>(0));
    QCOMPARE(names.learned(EmissionId{1}), std::nullopt);
}

QTEST_GUILESS_MAIN(tst_RunEventNames)
#include "tst_runeventnames.moc"
