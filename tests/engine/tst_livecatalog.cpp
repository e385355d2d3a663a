// SPDX-License-Identifier: MIT
// What happens in a plugin folder while an engine uses it. Files go through the real pipeline, with
// real probes; handlers run in this process where a test says so.
#include <support/versionedplugin.h>

#include <fanfare/events/eventemitter.h>
#include <fanfare/executors/inlineexecutor.h>
#include <fanfare/plugins/plugincatalog.h>

#include <QDateTime>
#include <QDir>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace Fanfare;
using namespace Fanfare::Test;
using namespace Qt::StringLiterals;

class tst_LiveCatalog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void followsADroppedFile();
    void followsAReplacedFile_data();
    void followsAReplacedFile();
    void followsADeletedFile();
    void keepsTheOldBuildWhenTheNewOneIsBad();
    void takesAGoodBuildAfterABadOne();
    void neverLoadsAHalfWrittenFile();
    void followsAFolderThatIsMadeAnew();
    void givesTheIdToTheOtherFile();
    void triesAgainWhenAsked();
    void probesTheSameContentOnce();
    void runsTheNewBuildOnThreads();
    void waitsForARestartWithUniqueSymbols();

private:
    void start(HandlerPlace place = HandlerPlace::Workers);
    QString file(const QString &name = u"versioned.so"_s) const
    {
        return m_folder->filePath(u"plugins/"_s + name);
    }
    const PluginFact *fact(const QString &name = u"versioned.so"_s) const
    {
        for (const PluginFact &plugin : m_catalog->facts().plugins) {
            if (plugin.path == file(name))
                return &plugin;
        }
        return nullptr;
    }
    bool isActive(const QString &name = u"versioned.so"_s) const
    {
        return fact(name) && fact(name)->isActive;
    }
    QByteArray hash() const { return fact() ? fact()->hash : QByteArray(); }
    int run();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<EventLinker> m_linker;
    std::unique_ptr<InlineExecutor> m_executor;
    std::unique_ptr<PluginCatalog> m_catalog;
};

void tst_LiveCatalog::init()
{
    QTest::failOnWarning(QRegularExpression(u"."_s));
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir(m_folder->path()).mkdir(u"plugins"_s));
}

void tst_LiveCatalog::cleanup()
{
    m_catalog.reset();
    m_executor.reset();
    m_linker.reset();
}

/// Starts a catalog on the folder as it is and waits for its first scan.
void tst_LiveCatalog::start(HandlerPlace place)
{
    m_linker = std::make_unique<EventLinker>();
    m_executor = std::make_unique<InlineExecutor>();
    m_catalog = std::make_unique<PluginCatalog>(
        *m_linker,
        ProbeOptions{QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare-host"),
                     std::chrono::seconds(20)},
        place);
    QSignalSpy scanned(m_catalog.get(), &PluginCatalog::scanned);
    m_catalog->scan({m_folder->filePath(u"plugins"_s)});
    QVERIFY(scanned.wait(20'000));
    m_catalog->watch();
}

/// What the handler of the active build returns; -1 when nothing ran.
int tst_LiveCatalog::run()
{
    EventEmitter emitter(*m_linker, *m_executor);
    const auto emission = emitter.emit(u"Versioned"_s);
    if (!emission || emission->taskCount() != 1)
        return -1;
    return int(emission->tasks().front().result.toInteger(-1));
}

void tst_LiveCatalog::followsADroppedFile()
{
    start();
    QVERIFY(!fact());

    writeInPlace(file(), versionedBuild(1));

    QTRY_VERIFY(isActive());
    QCOMPARE(fact()->state, PluginState::Active);
    QCOMPARE(*m_linker->subscriberCountOf(Event(u"Versioned"_s)), 1);
    QVERIFY(fact()->copy != fact()->path);
    QVERIFY(QFile::exists(fact()->copy));
}

void tst_LiveCatalog::followsAReplacedFile_data()
{
    QTest::addColumn<QString>("way");

    for (const char *way : {"in place", "rename over", "delete and write", "copy over"})
        QTest::newRow(way) << QString::fromLatin1(way);
}

void tst_LiveCatalog::followsAReplacedFile()
{
    QFETCH(QString, way);
    writeInPlace(file(), versionedBuild(1));
    start();
    QVERIFY(isActive());
    const QByteArray before = hash();
    const SubscriberId former = fact()->handlers.first().subscriber;
    QSignalSpy removed(m_catalog.get(), &PluginCatalog::removed);

    if (way == "rename over"_L1) {
        renameOver(file(), versionedBuild(2));
    } else if (way == "copy over"_L1) {
        writeInPlace(m_folder->filePath(u"other"_s), versionedBuild(2));
        QCOMPARE(QProcess::execute(u"cp"_s, {m_folder->filePath(u"other"_s), file()}), 0);
    } else {
        if (way == "delete and write"_L1)
            QFile::remove(file());
        writeInPlace(file(), versionedBuild(2));
    }

    QTRY_VERIFY(isActive() && hash() != before);
    QVERIFY(fact()->handlers.first().subscriber != former);
    QCOMPARE(*m_linker->subscriberCountOf(Event(u"Versioned"_s)), 1);
    QCOMPARE(removed.count(), 0);
}

void tst_LiveCatalog::followsADeletedFile()
{
    writeInPlace(file(), versionedBuild(1));
    start();
    QVERIFY(isActive());
    const auto subscriber = m_linker->subscriber(fact()->handlers.first().subscriber);
    QVERIFY(!subscriber->handler.isWithdrawn());
    QSignalSpy removed(m_catalog.get(), &PluginCatalog::removed);

    QFile::remove(file());

    QTRY_VERIFY(!fact());
    QCOMPARE(removed.count(), 1);
    QVERIFY(subscriber->handler.isWithdrawn());
    QCOMPARE(*m_linker->subscriberCountOf(Event(u"Versioned"_s)), 0);
}

void tst_LiveCatalog::keepsTheOldBuildWhenTheNewOneIsBad()
{
    writeInPlace(file(), versionedBuild(1));
    start();
    const QByteArray before = hash();

    renameOver(file(), "no library");

    QTRY_VERIFY(fact()->newBuild.has_value());
    QVERIFY(isActive());
    QCOMPARE(hash(), before);
    QCOMPARE(fact()->newBuild->code, u"not-a-library"_s);
    QVERIFY(fact()->newBuild->message.contains(file()));
    QCOMPARE(*m_linker->subscriberCountOf(Event(u"Versioned"_s)), 1);
}

void tst_LiveCatalog::takesAGoodBuildAfterABadOne()
{
    writeInPlace(file(), versionedBuild(1));
    start();
    const QByteArray before = hash();
    renameOver(file(), versionedBuild(2).first(4096));
    QTRY_VERIFY(fact()->newBuild.has_value());

    renameOver(file(), versionedBuild(3));

    QTRY_VERIFY(hash() != before);
    QVERIFY(isActive());
    QVERIFY(!fact()->newBuild);
}

void tst_LiveCatalog::neverLoadsAHalfWrittenFile()
{
    start();
    QStringList story;
    connect(m_catalog.get(), &PluginCatalog::changed, this, [&] {
        const QString state = fact() ? stateName(fact()->state) : u"gone"_s;
        if (story.isEmpty() || story.last() != state)
            story.append(state);
    });
    const QByteArray content = versionedBuild(1);
    QFile out(file());
    QVERIFY(out.open(QIODevice::WriteOnly | QIODevice::Unbuffered));

    for (int piece = 0; piece < 20; ++piece) {
        const qsizetype size = content.size() / 20 + 1;
        out.write(content.mid(piece * size, size));
        QTest::qWait(50); // the writer is slow; nobody waits for anything here
    }
    out.close();

    QTRY_VERIFY(isActive());
    QVERIFY2(!story.contains(u"refused"_s), qPrintable(story.join(u' ')));
}

void tst_LiveCatalog::followsAFolderThatIsMadeAnew()
{
    writeInPlace(file(), versionedBuild(1));
    start();
    QVERIFY(isActive());

    QVERIFY(QDir(m_folder->filePath(u"plugins"_s)).removeRecursively());
    QTRY_VERIFY(!fact());
    QCOMPARE(m_catalog->facts().problems.size(), 1);
    QVERIFY(QDir(m_folder->path()).mkdir(u"plugins"_s));
    writeInPlace(file(), versionedBuild(2));

    QTRY_VERIFY(isActive());
    QVERIFY(m_catalog->facts().problems.isEmpty());
}

void tst_LiveCatalog::givesTheIdToTheOtherFile()
{
    writeInPlace(file(u"a.so"_s), versionedBuild(1));
    writeInPlace(file(u"b.so"_s), versionedBuild(2));
    start();
    QVERIFY(isActive(u"a.so"_s));
    QCOMPARE(fact(u"b.so"_s)->code, u"duplicate-id"_s);

    QFile::remove(file(u"a.so"_s));

    QTRY_VERIFY(isActive(u"b.so"_s));
    QVERIFY(!fact(u"a.so"_s));
}

void tst_LiveCatalog::triesAgainWhenAsked()
{
    writeInPlace(file(), "no library");
    start();
    QCOMPARE(fact()->code, u"not-a-library"_s);
    QStringList states;
    connect(m_catalog.get(), &PluginCatalog::changed, this,
            [&] { states.append(stateName(fact()->state)); });

    m_catalog->tryAgain(file());

    QTRY_VERIFY(states.contains(u"refused"_s));
    QCOMPARE(fact()->code, u"not-a-library"_s);
}

void tst_LiveCatalog::probesTheSameContentOnce()
{
    writeInPlace(file(), versionedBuild(int(QDateTime::currentMSecsSinceEpoch() % 90'000'000)));
    PipelineOptions options;
    options.probe = {QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare-host"),
                     std::chrono::seconds(20)};
    options.cacheRoot = m_folder->filePath(u"cache"_s);
    const auto verdictOf = [&](const QString &host) {
        PipelineOptions used = options;
        used.probe.hostPath = host;
        PluginPipeline pipeline(used);
        QString verdict;
        connect(&pipeline, &PluginPipeline::built, this, [&](const PluginBuild &build) {
            verdict = build.refusal ? build.refusal->code : u"good"_s;
        });
        QSignalSpy caughtUp(&pipeline, &PluginPipeline::caughtUp);
        pipeline.start({m_folder->filePath(u"plugins"_s)});
        caughtUp.wait(20'000);
        return verdict;
    };

    QCOMPARE(verdictOf(options.probe.hostPath), u"good"_s);
    // A copy with the same times is the same program for the cache, and this one cannot run.
    const QString broken = m_folder->filePath(u"host"_s);
    QCOMPARE(QProcess::execute(u"cp"_s, {u"-p"_s, options.probe.hostPath, broken}), 0);
    QVERIFY(QFile::setPermissions(broken, QFile::ReadOwner));

    QCOMPARE(verdictOf(broken), u"good"_s);
}

void tst_LiveCatalog::runsTheNewBuildOnThreads()
{
    writeInPlace(file(), versionedBuild(1));
    start(HandlerPlace::Here);
    QVERIFY(isActive());
    QCOMPARE(run(), 1);

    renameOver(file(), versionedBuild(2));

    QTRY_COMPARE(run(), 2);
    renameOver(file(), versionedBuild(1)); // which is mapped already
    QTRY_COMPARE(run(), 1);
}

void tst_LiveCatalog::waitsForARestartWithUniqueSymbols()
{
    writeInPlace(file(), versionedBuild(1, u"versioned-unique"_s));
    start(HandlerPlace::Here);
    QVERIFY2(isActive(), qPrintable(fact()->message));

    renameOver(file(), versionedBuild(2, u"versioned-unique"_s));

    QTRY_VERIFY(fact()->newBuild.has_value());
    QCOMPARE(fact()->newBuild->code, u"restart-needed"_s);
    QCOMPARE(run(), 1);
}

QTEST_GUILESS_MAIN(tst_LiveCatalog)
#include "tst_livecatalog.moc"
