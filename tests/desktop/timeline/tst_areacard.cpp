// SPDX-License-Identifier: MIT
#include "desktop/timeline/areacard.h"

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

/// What the card beside a marked area says.
class tst_AreaCard final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void saysWhatIsInTheArea();
    void saysThatTimesAreBeingCounted();
    void saysItInOneSentence();

private:
    static AreaStatistics statistics();
    static QStringList words(const AreaStatistics &statistics, bool isCounting = false);
};

/// Half a second on two rows: 1,200 tasks, of which 3 failed.
AreaStatistics tst_AreaCard::statistics()
{
    AreaStatistics statistics;
    statistics.from = 1'000'000'000;
    statistics.to = 1'500'000'000;
    statistics.rows = 2;
    statistics.count = 1'200;
    statistics.failures = 3;
    statistics.busy = 250'000'000;
    return statistics;
}

QStringList tst_AreaCard::words(const AreaStatistics &statistics, bool isCounting)
{
    QStringList words;
    for (const auto &[name, value] : AreaCard::lines(statistics, isCounting))
        words.append(name + u": "_s + value);
    return words;
}

void tst_AreaCard::saysWhatIsInTheArea()
{
    AreaStatistics all = statistics();
    for (int i = 0; i < 100; ++i) {
        all.spans.run.add(i < 90 ? 1'000'000 : 20'000'000);
        all.spans.wait.add(500'000);
    }
    all.spans.longest = 20'000'000;

    const QStringList said = words(all);

    QCOMPARE(said.mid(0, 4),
             (QStringList{u"Range: 500 ms"_s, u"Tasks: 1,200 · 2,400/s"_s, u"Failed: 3"_s,
                          u"Busy: 25 %"_s}));
    QCOMPARE(said.size(), 7);
    QVERIFY2(said[4].startsWith(u"Ran p50 · 90 · 99 · 99.9: 1.0"_s), qPrintable(said[4]));
    QCOMPARE(said[4].count(u" · "_s), 6); // four names, four values
    QCOMPARE(said[5], u"Longest: 20.0 ms"_s);
    QVERIFY2(said[6].startsWith(u"Waited p50 · 90 · 99: 50"_s), qPrintable(said[6]));
}

void tst_AreaCard::saysThatTimesAreBeingCounted()
{
    QCOMPARE(words(statistics(), true).last(), u"Times: counting…"_s);
    QCOMPARE(words(statistics(), false).last(), u"Busy: 25 %"_s);
    QCOMPARE(words(AreaStatistics(), true).last(), u"Busy: 0.0 %"_s); // nothing to count
}

void tst_AreaCard::saysItInOneSentence()
{
    QCOMPARE(AreaCard::sentence(statistics()), u"500 ms · 1,200 tasks · busy 25 % · 3 failed"_s);
}

QTEST_MAIN(tst_AreaCard)
#include "tst_areacard.moc"
