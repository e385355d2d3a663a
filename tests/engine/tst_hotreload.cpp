// SPDX-License-Identifier: MIT
// A plugin is built again, broken or removed while an engine works with it.
#include "linkharness.h"

#include <support/versionedplugin.h>

#include <QDir>
#include <QTemporaryDir>

using namespace Fanfare;
using namespace Fanfare::Test;
using namespace Qt::StringLiterals;

class tst_HotReload : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void runsNewEmissionsInTheNewBuild_data() { addExecutors(); }
    void runsNewEmissionsInTheNewBuild();
    void tellsOfABrokenBuildAndGoesOn();
    void rejectsWhatIsQueuedForARemovedPlugin_data() { addExecutors(); }
    void rejectsWhatIsQueuedForARemovedPlugin();
    void emitsToAPluginThatWasDropped();
    void triesAgainWhenAsked();
    void leavesATouchedFileAlone();

private:
    static void addExecutors();
    EngineOptions options(ExecutorKind executor = ExecutorKind::Processes) const
    {
        EngineOptions options = bundledOptions();
        options.pluginFolders = {m_folder->filePath(u"plugins"_s)};
        options.executor = executor;
        options.workers = 1;
        return options;
    }
    QString file() const { return m_folder->filePath(u"plugins/versioned.so"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_HotReload::addExecutors()
{
    QTest::addColumn<ExecutorKind>("executor");
    QTest::newRow("threads") << ExecutorKind::Threads;
    QTest::newRow("processes") << ExecutorKind::Processes;
}

void tst_HotReload::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir(m_folder->path()).mkdir(u"plugins"_s));
}

static const PluginFact *plugin(const LinkHarness &harness)
{
    const auto &plugins = harness.link.catalog().plugins;
    return plugins.isEmpty() ? nullptr : &plugins.first();
}

/// What the tasks returned, in the order in which they ended.
static QList<qint64> resultsOf(const LinkHarness &harness)
{
    QList<qint64> results;
    for (const TaskDetail &detail : harness.details)
        results.append(detail.result.toInteger(-1));
    return results;
}

void tst_HotReload::runsNewEmissionsInTheNewBuild()
{
    QFETCH(ExecutorKind, executor);
    writeInPlace(file(), versionedBuild(1));
    LinkHarness harness(options(executor));
    QVERIFY(harness.start());
    const QByteArray before = plugin(harness)->hash;
    QVERIFY(harness.link.emitEvent(commandFor(u"Versioned"_s, 2)));
    QVERIFY(harness.waitForIdle());
    QCOMPARE(resultsOf(harness), (QList<qint64>{1, 1}));

    renameOver(file(), versionedBuild(2));
    QVERIFY(waitFor([&] { return plugin(harness)->hash != before; }, 10'000));
    harness.idleCount = 0;
    QVERIFY(harness.link.emitEvent(commandFor(u"Versioned"_s, 2)));

    QVERIFY(harness.waitForIdle());
    QCOMPARE(resultsOf(harness), (QList<qint64>{1, 1, 2, 2}));
    QCOMPARE(harness.spanCount(Outcome::Succeeded), 4);
    QVERIFY(harness.spans.front().subscriber != harness.spans.back().subscriber);
    QCOMPARE(harness.spans.back().subscriber, plugin(harness)->handlers.first().subscriber);
}

void tst_HotReload::tellsOfABrokenBuildAndGoesOn()
{
    writeInPlace(file(), versionedBuild(1));
    LinkHarness harness(options());
    QVERIFY(harness.start());

    renameOver(file(), versionedBuild(2).first(2000));
    QVERIFY(waitFor([&] { return plugin(harness)->newBuild.has_value(); }, 10'000));
    QVERIFY(harness.link.emitEvent(commandFor(u"Versioned"_s)));

    QVERIFY(harness.waitForIdle());
    QCOMPARE(plugin(harness)->newBuild->code, u"truncated"_s);
    QVERIFY(plugin(harness)->isActive);
    QCOMPARE(resultsOf(harness), (QList<qint64>{1}));
}

void tst_HotReload::rejectsWhatIsQueuedForARemovedPlugin()
{
    QFETCH(ExecutorKind, executor);
    writeInPlace(file(), versionedBuild(1));
    LinkHarness harness(options(executor));
    QVERIFY(harness.start());
    QVERIFY(harness.link.emitEvent(commandFor(u"Versioned"_s, 200, {{u"ms"_s, 100}})));
    QVERIFY(harness.waitForRunning(1));

    QVERIFY(QFile::remove(file()));

    QVERIFY(harness.waitForIdle());
    QVERIFY(!plugin(harness));
    const int rejected = harness.spanCount(Outcome::Rejected);
    QVERIFY2(rejected > 100, qPrintable(QString::number(rejected)));
    QCOMPARE(harness.spanCount(Outcome::Succeeded) + rejected, 200);
    QVERIFY(harness.spanCount(Outcome::Succeeded) > 0); // what ran has finished
    for (const TaskDetail &detail : harness.details) {
        if (detail.result.isUndefined() || detail.result.isNull())
            QCOMPARE(detail.reason, u"plugin-removed"_s);
    }
}

void tst_HotReload::emitsToAPluginThatWasDropped()
{
    LinkHarness harness(options());
    QVERIFY(harness.start());
    QCOMPARE(harness.link.emitEvent(commandFor(u"Versioned"_s)).error().code, ErrorCode::NotFound);

    writeInPlace(file(), versionedBuild(3));

    QVERIFY(waitFor([&] { return plugin(harness) && plugin(harness)->isActive; }, 10'000));
    QVERIFY(harness.link.emitEvent(commandFor(u"Versioned"_s)));
    QVERIFY(harness.waitForIdle());
    QCOMPARE(resultsOf(harness), (QList<qint64>{3}));
}

void tst_HotReload::triesAgainWhenAsked()
{
    writeInPlace(file(), "no library");
    LinkHarness harness(options());
    QVERIFY(harness.start());
    QCOMPARE(plugin(harness)->code, u"not-a-library"_s);
    int catalogs = 0;
    connect(&harness.link, &EngineLink::catalogChanged, this, [&] { ++catalogs; });

    harness.link.tryPluginAgain(file());

    QVERIFY(waitFor([&] { return catalogs > 0 && plugin(harness)->state == PluginState::Refused; },
                    10'000));
    QCOMPARE(plugin(harness)->code, u"not-a-library"_s);
}

/// A file that is only touched changes nothing.
void tst_HotReload::leavesATouchedFileAlone()
{
    writeInPlace(file(), versionedBuild(1));
    LinkHarness harness(options());
    QVERIFY(harness.start());
    const SubscriberId before = plugin(harness)->handlers.first().subscriber;

    renameOver(file(), versionedBuild(1));
    harness.link.rescanPlugins();
    writeInPlace(m_folder->filePath(u"plugins/zzz.so"_s), "the next thing to be told of");

    QVERIFY(waitFor(
        [&] {
            return harness.link.catalog().plugins.size() == 2
                && harness.link.catalog().plugins.last().state == PluginState::Refused;
        },
        10'000));
    QCOMPARE(plugin(harness)->handlers.first().subscriber, before);
}

QTEST_GUILESS_MAIN(tst_HotReload)
#include "tst_hotreload.moc"
