// SPDX-License-Identifier: MIT
#include <fanfare/library/retention.h>

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

static constexpr qint64 day = 86'400'000;

class tst_Retention : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingGoesWithoutLimits();
    void theOldestGoBeyondTheCount();
    void theOldestGoBeyondTheSize();
    void whatIsOldGoes();
    void pinnedRunsStayAndCount();
    void aRunThatGoesOnStays();
    void eachSeriesKeepsItsNewest();
    void searchesInAllThatIsWritten();
    void tagsAreSortedAndEachOnce();
};

/// Run k began on day k and has k + 1 bytes.
static std::vector<LibraryEntry> runs(int count)
{
    std::vector<LibraryEntry> entries;
    for (int k = 0; k < count; ++k) {
        LibraryEntry entry;
        entry.file = QString::number(k);
        entry.beginUtc = k * day;
        entry.size = k + 1;
        entry.isEnded = true;
        entries.push_back(entry);
    }
    return entries;
}

static QStringList surplus(const std::vector<LibraryEntry> &entries, const Retention &retention,
                           qint64 now = 0)
{
    QStringList files;
    for (const LibraryEntry &entry : surplusOf(entries, retention, now))
        files.append(entry.file);
    return files;
}

void tst_Retention::nothingGoesWithoutLimits()
{
    QCOMPARE(surplus(runs(5), {.count = 0, .bytes = 0, .days = 0}, 1000 * day), QStringList());
}

void tst_Retention::theOldestGoBeyondTheCount()
{
    QCOMPARE(surplus(runs(5), {.count = 3, .bytes = 0}), (QStringList{u"0"_s, u"1"_s}));
}

void tst_Retention::theOldestGoBeyondTheSize()
{
    // 1 + 2 + 3 + 4 + 5 bytes
    QCOMPARE(surplus(runs(5), {.count = 0, .bytes = 12}), (QStringList{u"0"_s, u"1"_s}));
}

void tst_Retention::whatIsOldGoes()
{
    QCOMPARE(surplus(runs(5), {.count = 0, .bytes = 0, .days = 3}, 5 * day),
             (QStringList{u"0"_s, u"1"_s}));
}

void tst_Retention::pinnedRunsStayAndCount()
{
    std::vector<LibraryEntry> entries = runs(5);
    entries[0].isPinned = true;

    QCOMPARE(surplus(entries, {.count = 3, .bytes = 0}), (QStringList{u"1"_s, u"2"_s}));
}

void tst_Retention::aRunThatGoesOnStays()
{
    std::vector<LibraryEntry> entries = runs(2);
    entries[0].isEnded = false;
    entries[0].goesOn = true;

    QCOMPARE(surplus(entries, {.count = 1, .bytes = 0}), QStringList(u"1"_s));
    entries[0].goesOn = false; // it was torn off
    QCOMPARE(surplus(entries, {.count = 1, .bytes = 0}), QStringList(u"0"_s));
}

void tst_Retention::eachSeriesKeepsItsNewest()
{
    std::vector<LibraryEntry> entries = runs(9);
    for (int k = 0; k < 9; ++k) {
        entries[size_t(k)].scenario = k % 3 == 0 ? u"rare"_s : u"often"_s;
        entries[size_t(k)].executor = k == 1 ? u"processes"_s : u"threads"_s; // a series of its own
    }

    // rare: 0, 3, 6; often: 2, 4, 5, 7, 8
    QCOMPARE(surplus(entries, {.count = 0, .perSeries = 2, .bytes = 0}),
             (QStringList{u"0"_s, u"2"_s, u"4"_s, u"5"_s}));
}

void tst_Retention::searchesInAllThatIsWritten()
{
    LibraryEntry entry;
    entry.label = u"Morning"_s;
    entry.tags = {u"baseline"_s, u"slow"_s};
    entry.notes = u"after the update"_s;

    QVERIFY(matches(entry, QString()));
    QVERIFY(matches(entry, u"morning update"_s));
    QVERIFY(matches(entry, u"tag:baseline"_s));
    QVERIFY(!matches(entry, u"tag:base"_s));
    QVERIFY(!matches(entry, u"morning evening"_s));
}

void tst_Retention::tagsAreSortedAndEachOnce()
{
    QCOMPARE(tagsOf(u" slow,baseline  slow "_s), (QStringList{u"baseline"_s, u"slow"_s}));
    QCOMPARE(tagsOf(QString()), QStringList());
}

QTEST_GUILESS_MAIN(tst_Retention)
#include "tst_retention.moc"
