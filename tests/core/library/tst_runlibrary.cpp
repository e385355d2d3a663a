// SPDX-License-Identifier: MIT
#include <fanfare/library/librarydatabase.h>
#include <fanfare/library/runlibrary.h>

#include <fanfare/engine/runfacts.h>
#include <fanfare/runs/runrecorder.h>

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>
#include <latch>
#include <thread>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_RunLibrary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void listsWhatTheFilesSay();
    void whatUsersWriteSurvivesANewStart();
    void anEmptyLabelIsTheFilesOwnAgain();
    void aDeletedRunComesBackWithAllThatWasWritten();
    void pinnedRunsComeFirst();
    void aFileThatIsGoneIsForgotten();
    void aFileThatIsNoRunIsToldAndLeft();
    void aDamagedDatabaseIsMadeAgainFromTheFiles();
    void aLockedDatabaseIsToldAndNothingHangs();
    void severalProgramsMayOpenANewLibraryAtOnce();
    void whatRetentionDeletesCanComeBack();
    void whatBelongsToARunGoesWithIt();
    void theTrashIsBounded();
    void tellsARunThatGoesOnFromATornOne();
    void aNewerDatabaseIsMovedAside();

private:
    QString write(const QString &label, qint64 beginUtc = 0);
    std::unique_ptr<RunLibrary> open();
    static std::vector<LibraryEntry> list(RunLibrary &library);

    std::unique_ptr<QTemporaryDir> m_folder;
};

/// Writes a run of three tasks, one of which failed; returns the name of its file.
QString tst_RunLibrary::write(const QString &label, qint64 beginUtc)
{
    RunInfo info = newRunInfo({.workers = 4});
    info.label = label;
    info.tags = {u"from-file"_s};
    if (beginUtc > 0)
        info.beginUtc = beginUtc;
    const QString file = runFileName(info);
    auto recorder = RunRecorder::create(m_folder->filePath(file), info);
    if (!recorder)
        return {};
    TraceBatch batch;
    for (quint64 i = 1; i <= 3; ++i) {
        SpanRecord span{.task = {EmissionId{i}, 0}, .queued = 10, .started = 20, .finished = 110};
        span.outcome = i == 3 ? Outcome::Failed : Outcome::Succeeded;
        batch.spans.push_back(span);
    }
    (*recorder)->add(batch);
    (*recorder)->finish(3);
    return file;
}

std::unique_ptr<RunLibrary> tst_RunLibrary::open()
{
    auto library = RunLibrary::open(m_folder->path());
    if (!library)
        return nullptr;
    (void)(*library)->refresh();
    return *std::move(library);
}

std::vector<LibraryEntry> tst_RunLibrary::list(RunLibrary &library)
{
    const auto entries = library.entries();
    return entries ? *entries : std::vector<LibraryEntry>();
}

void tst_RunLibrary::listsWhatTheFilesSay()
{
    const QString file = write(u"first"_s);

    const auto library = open();

    QVERIFY(library);
    const auto entries = list(*library);
    QCOMPARE(entries.size(), size_t(1));
    const LibraryEntry &entry = entries[0];
    QCOMPARE(entry.file, file);
    QCOMPARE(entry.path, m_folder->filePath(file));
    QCOMPARE(entry.label, u"first"_s);
    QCOMPARE(entry.tags, QStringList(u"from-file"_s));
    QCOMPARE(entry.executor, u"threads"_s);
    QCOMPARE(entry.workers, 4);
    QVERIFY(entry.isEnded);
    QCOMPARE(entry.tasks, quint64(3));
    QCOMPARE(entry.unsuccessful, quint64(1));
    QCOMPARE(entry.wall, qint64(100));
    QVERIFY(entry.size > 0);
}

void tst_RunLibrary::whatUsersWriteSurvivesANewStart()
{
    const QString file = write(u"first"_s);
    {
        const auto library = open();
        QVERIFY(library->setLabel(file, u"renamed"_s));
        QVERIFY(library->setTags(file, {u"slow"_s, u"baseline"_s}));
        QVERIFY(library->setNotes(file, u"It's \"odd\"; DROP TABLE runs"_s));
        QVERIFY(library->setPinned(file, true));
    }

    const auto entries = list(*open());

    QCOMPARE(entries.size(), size_t(1));
    QCOMPARE(entries[0].label, u"renamed"_s);
    QCOMPARE(entries[0].tags, (QStringList{u"baseline"_s, u"slow"_s}));
    QCOMPARE(entries[0].notes, u"It's \"odd\"; DROP TABLE runs"_s);
    QVERIFY(entries[0].isPinned);
}

void tst_RunLibrary::anEmptyLabelIsTheFilesOwnAgain()
{
    const QString file = write(u"first"_s);
    const auto library = open();
    QVERIFY(library->setLabel(file, u"renamed"_s));

    QVERIFY(library->setLabel(file, QString()));

    QCOMPARE(list(*library)[0].label, u"first"_s);
}

void tst_RunLibrary::aDeletedRunComesBackWithAllThatWasWritten()
{
    const QString file = write(u"first"_s);
    const auto library = open();
    QVERIFY(library->setLabel(file, u"renamed"_s));

    QVERIFY(library->remove({file}));
    QCOMPARE(list(*library).size(), size_t(0));
    QVERIFY(!QFile::exists(m_folder->filePath(file)));
    QVERIFY(library->restore({file}));

    const auto entries = list(*library);
    QCOMPARE(entries.size(), size_t(1));
    QCOMPARE(entries[0].label, u"renamed"_s);
}

void tst_RunLibrary::pinnedRunsComeFirst()
{
    const QString older = write(u"older"_s, 1'000);
    write(u"newer"_s, 2'000'000);
    const auto library = open();
    QCOMPARE(list(*library)[0].label, u"newer"_s);

    QVERIFY(library->setPinned(older, true));

    QCOMPARE(list(*library)[0].label, u"older"_s);
}

void tst_RunLibrary::aFileThatIsGoneIsForgotten()
{
    const QString file = write(u"first"_s);
    const auto library = open();

    QVERIFY(QFile::remove(m_folder->filePath(file)));
    QVERIFY(library->refresh());

    QCOMPARE(list(*library).size(), size_t(0));
}

void tst_RunLibrary::aFileThatIsNoRunIsToldAndLeft()
{
    QFile file(m_folder->filePath(u"odd.ffrun"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("no run at all");
    file.close();
    const auto library = open();

    const auto problems = library->refresh();

    QVERIFY(problems);
    QCOMPARE(problems->size(), 1);
    QVERIFY(problems->first().contains(u"odd.ffrun"_s));
    QVERIFY(QFile::exists(file.fileName()));
}

void tst_RunLibrary::aDamagedDatabaseIsMadeAgainFromTheFiles()
{
    write(u"first"_s);
    QFile database(m_folder->filePath(u"library.sqlite"_s));
    QVERIFY(database.open(QIODevice::WriteOnly));
    database.write(QByteArray(8192, 'x'));
    database.close();

    const auto library = open();

    QVERIFY(library);
    QVERIFY(library->notice().contains(u"damaged"_s));
    QCOMPARE(list(*library).size(), size_t(1));
    QCOMPARE(QDir(m_folder->path()).entryList({u"library.sqlite.damaged-*"_s}).size(), 1);
}

void tst_RunLibrary::aNewerDatabaseIsMovedAside()
{
    write(u"first"_s);
    {
        auto database = LibraryDatabase::open(m_folder->filePath(u"library.sqlite"_s));
        QVERIFY(database);
        QVERIFY((*database)->run(u"PRAGMA user_version = 99"_s));
    }

    const auto library = open();

    QVERIFY(library);
    QVERIFY(library->notice().contains(u"newer version"_s));
    QCOMPARE(list(*library).size(), size_t(1));
}

void tst_RunLibrary::aLockedDatabaseIsToldAndNothingHangs()
{
    const QString file = write(u"first"_s);
    const auto library = open();
    auto other = LibraryDatabase::open(m_folder->filePath(u"library.sqlite"_s));
    QVERIFY(other);
    QVERIFY((*other)->run(u"BEGIN EXCLUSIVE"_s));

    const Result<void> done = library->setLabel(file, u"renamed"_s);

    QVERIFY(!done);
    QVERIFY2(done.error().message.contains(u"in use"_s), qPrintable(done.error().message));
    QVERIFY((*other)->run(u"ROLLBACK"_s));
    QVERIFY(library->setLabel(file, u"renamed"_s));
}

void tst_RunLibrary::severalProgramsMayOpenANewLibraryAtOnce()
{
    write(u"first"_s);
    std::latch start(4);
    std::array<QString, 4> problems;
    {
        std::vector<std::jthread> threads;
        for (QString &problem : problems) {
            threads.emplace_back([&start, &problem, folder = m_folder->path()] {
                start.arrive_and_wait();
                const auto library = RunLibrary::open(folder);
                const auto refreshed =
                    library ? (*library)->refresh() : Result<QStringList>(library.error());
                problem = refreshed ? QString() : refreshed.error().message;
            });
        }
    }

    for (const QString &problem : problems)
        QCOMPARE(problem, QString());
}

void tst_RunLibrary::whatRetentionDeletesCanComeBack()
{
    const QString older = write(u"older"_s, 1'000);
    write(u"newer"_s, 2'000'000);
    const auto library = open();

    const auto gone = library->apply({.count = 1, .bytes = 0});

    QVERIFY(gone);
    QCOMPARE(*gone, QStringList(older));
    QVERIFY(!QFile::exists(m_folder->filePath(older)));
    QCOMPARE(list(*library).size(), size_t(1));
    QCOMPARE(library->removed(), QStringList(older));

    QVERIFY(library->restore(*gone));

    QCOMPARE(list(*library).size(), size_t(2));
    QCOMPARE(library->removed(), QStringList());
}

void tst_RunLibrary::whatBelongsToARunGoesWithIt()
{
    const QString run = write(u"run"_s);
    const QString stem = QFileInfo(run).completeBaseName();
    const QStringList names{run, run + u".edits.json"_s, stem + u".png"_s};
    for (const QString &name : {names[1], names[2], stem + u"-of-another.png"_s}) {
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    const auto library = open();
    const auto areIn = [&names](const QString &folder) {
        return std::ranges::all_of(names, [&folder](const QString &name) {
            return QFile::exists(QDir(folder).filePath(name));
        });
    };

    QVERIFY(library->remove({run}));
    QVERIFY(areIn(m_folder->filePath(u"trash"_s)));
    QVERIFY(QFile::exists(m_folder->filePath(stem + u"-of-another.png"_s)));
    QVERIFY(library->restore({run}));

    QVERIFY(areIn(m_folder->path()));
}

void tst_RunLibrary::theTrashIsBounded()
{
    QStringList runs;
    for (qint64 i = 1; i <= 4; ++i)
        runs.append(write(u"run"_s, i * 1'000));
    const qint64 size = QFileInfo(m_folder->filePath(runs[0])).size();
    RunTrash trash(m_folder->path());
    for (const QString &run : runs)
        QVERIFY(trash.take(run));

    QCOMPARE(trash.empty(QDateTime::currentDateTimeUtc(), 3 * size + size / 2).size(), 1);
    QCOMPARE(trash.empty(QDateTime::currentDateTimeUtc(), 0), QStringList());
    QCOMPARE(trash.files().size(), 3);
    QCOMPARE(trash.empty(QDateTime::currentDateTimeUtc().addDays(2), 0).size(), 3);
    QVERIFY(QDir(m_folder->filePath(u"trash"_s)).isEmpty());
}

void tst_RunLibrary::tellsARunThatGoesOnFromATornOne()
{
    auto live = RunRecorder::create(m_folder->filePath(u"live.ffrun"_s), newRunInfo({}));
    QVERIFY(live);
    const auto library = open();
    QVERIFY(list(*library).at(0).goesOn);

    live->reset(); // its process died

    QVERIFY(!list(*library).at(0).goesOn);
    QVERIFY(!list(*library).at(0).isEnded);
}

QTEST_GUILESS_MAIN(tst_RunLibrary)
#include "tst_runlibrary.moc"
