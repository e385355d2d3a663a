// SPDX-License-Identifier: MIT
#include <fanfare/plugins/plugincatalog.h>

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_PluginCatalog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void linksTheHandlersOfGoodPlugins();
    void givesTheSameSubscribersEveryTime();
    void describesTypedEvents();
    void refusesBadFilesWithAReason_data();
    void refusesBadFilesWithAReason();
    void endsAPluginThatHangs();
    void countsTheTimeThatAProbeHadAProcessor_data();
    void countsTheTimeThatAProbeHadAProcessor();
    void waitsAsLongAsThePluginAsksFor();
    void readsHowLongAProcessWaited();
    void usesGoodPluginsBesideBadOnes();
    void takesTheFirstOfTwoPluginsWithOneId();
    void complainsAboutFolders();
    void looksAtAFolderOnce();
    void isScannedAfterTheCall();
};

static ProbeOptions probeOptions(std::chrono::milliseconds timeout = std::chrono::seconds(20))
{
    return {QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare-host"), timeout};
}

static QString bundled()
{
    return QStringLiteral(FANFARE_TEST_PLUGIN_DIR);
}

static QString fixture(const QString &kind)
{
    return QStringLiteral(FANFARE_TEST_FIXTURE_DIR "/") + kind;
}

/// What a scan of \a folders finds.
static CatalogFact scan(const QStringList &folders, const ProbeOptions &options = probeOptions())
{
    EventLinker linker;
    PluginCatalog catalog(linker, options);
    QSignalSpy scanned(&catalog, &PluginCatalog::scanned);
    catalog.scan(folders);
    if (scanned.isEmpty() && !scanned.wait(60'000))
        qFatal("the scan did not end");
    return catalog.facts();
}

static const PluginFact *plugin(const CatalogFact &catalog, const QString &id)
{
    for (const PluginFact &fact : catalog.plugins) {
        if (fact.id == id)
            return &fact;
    }
    return nullptr;
}

void tst_PluginCatalog::linksTheHandlersOfGoodPlugins()
{
    EventLinker linker;
    PluginCatalog catalog(linker, probeOptions());
    QSignalSpy scanned(&catalog, &PluginCatalog::scanned);

    catalog.scan({bundled()});

    QVERIFY(scanned.wait(20'000));
    const PluginFact *basics = plugin(catalog.facts(), u"org.fanfare.basics"_s);
    QVERIFY(basics);
    QVERIFY2(basics->isActive, qPrintable(basics->message));
    QCOMPARE(basics->handlers.first().name, u"[Sync]"_s);
    const auto subscriber = linker.subscriber(basics->handlers.first().subscriber);
    QVERIFY(subscriber);
    QCOMPARE(subscriber->handler.identity.plugin, u"org.fanfare.basics"_s);
    QCOMPARE(subscriber->handler.identity.handler, u"[Sync]"_s);
    QVERIFY(linker.subscriber(basics->handlers.at(1).subscriber)->handler.kind
            == HandlerKind::Async);
    QCOMPARE(*linker.subscriberCountOf(Event(u"StringEvent"_s)), 2);
}

void tst_PluginCatalog::givesTheSameSubscribersEveryTime()
{
    // Linkers of one process share the numbers, so what counts is the distance to the first.
    const auto story = [] {
        QStringList lines;
        std::optional<quint32> first;
        for (const PluginFact &fact : scan({bundled()}).plugins) {
            for (const HandlerFact &handler : fact.handlers) {
                first = first.value_or(number(handler.subscriber));
                lines.append(u"%1 %2 +%3"_s.arg(fact.id, handler.name)
                                 .arg(number(handler.subscriber) - *first));
            }
        }
        return lines;
    };

    const QStringList first = story();

    QCOMPARE(story(), first);
    QVERIFY(first.size() >= 6);
}

void tst_PluginCatalog::describesTypedEvents()
{
    const CatalogFact catalog = scan({bundled()});

    const PluginFact *basics = plugin(catalog, u"org.fanfare.basics"_s);

    QVERIFY(basics);
    QMap<QString, EventFact> events;
    for (const EventFact &event : basics->events)
        events[event.name] = event;
    QVERIFY(events[u"Sleep"_s].isTyped);
    QCOMPARE(events[u"Sleep"_s].fields.size(), 1);
    QCOMPARE(events[u"Sleep"_s].fields.first().type, u"int"_s);
    QVERIFY(events[u"Sleep"_s].number > 0);
    QVERIFY(!events[u"StringEvent"_s].isTyped);
}

void tst_PluginCatalog::refusesBadFilesWithAReason_data()
{
    QTest::addColumn<QString>("code");

    QTest::newRow("text-file") << u"not-a-library"_s;
    QTest::newRow("empty-file") << u"not-a-library"_s;
    QTest::newRow("directory") << u"not-a-library"_s;
    QTest::newRow("truncated") << u"truncated"_s;
    QTest::newRow("wrong-architecture") << u"wrong-architecture"_s;
    QTest::newRow("dangling-link") << u"unreadable"_s;
    QTest::newRow("no-metadata") << u"no-plugin-metadata"_s;
    QTest::newRow("wrong-iid") << u"foreign-plugin"_s;
    QTest::newRow("newer-iid") << u"needs-fanfare-abi"_s;
    QTest::newRow("bad-metadata") << u"bad-metadata"_s;
    QTest::newRow("deep-metadata") << u"metadata-too-deep"_s;
    QTest::newRow("big-metadata") << u"metadata-too-big"_s;
    QTest::newRow("impatient") << u"hung-at-load"_s;
    QTest::newRow("other-interface") << u"wrong-interface"_s;
    QTest::newRow("missing-handler") << u"handlers-differ"_s;
    QTest::newRow("odd-table") << u"bad-description"_s;
    QTest::newRow("missing-symbol") << u"missing-symbol"_s;
    QTest::newRow("aborts-at-load") << u"crashed-at-load"_s;
    QTest::newRow("aborts-in-constructor") << u"crashed-at-create"_s;
    QTest::newRow("throws-in-constructor") << u"crashed-at-create"_s;
    QTest::newRow("throws-in-events") << u"crashed-listing"_s;
    QTest::newRow("throws-in-handlers") << u"crashed-listing"_s;
    QTest::newRow("throws-in-create") << u"crashed-at-create"_s;
    QTest::newRow("exits-at-load") << u"exited-at-load"_s;
}

void tst_PluginCatalog::refusesBadFilesWithAReason()
{
    QFETCH(const QString, code);
    const QString kind = QString::fromLatin1(QTest::currentDataTag());
    if (!QDir(fixture(kind)).exists())
        QSKIP("this fixture was not built");

    const CatalogFact catalog = scan({fixture(kind)});

    QCOMPARE(catalog.plugins.size(), 1);
    const PluginFact &fact = catalog.plugins.first();
    QVERIFY(!fact.isActive);
    QVERIFY2(fact.code == code, qPrintable(fact.code + u": "_s + fact.message + fact.loaderText));
    QVERIFY2(fact.message.contains(fact.path), qPrintable(fact.message));
    QVERIFY2(fact.message.endsWith(u'.') && fact.message.contains(u"; "_s),
             qPrintable(fact.message));
    QVERIFY(fact.handlers.isEmpty());
}

void tst_PluginCatalog::endsAPluginThatHangs()
{
    if (!QDir(fixture(u"hangs-at-load"_s)).exists())
        QSKIP("this fixture was not built");
    QElapsedTimer timer;
    timer.start();

    const CatalogFact catalog =
        scan({fixture(u"hangs-at-load"_s)}, probeOptions(std::chrono::milliseconds(300)));

    QCOMPARE(catalog.plugins.first().code, u"hung-at-load"_s);
    QVERIFY(timer.elapsed() < 5000);
}

void tst_PluginCatalog::countsTheTimeThatAProbeHadAProcessor_data()
{
    QTest::addColumn<int>("elapsed");
    QTest::addColumn<int>("waited");
    QTest::addColumn<int>("remaining");

    QTest::newRow("hung") << 5000 << 0 << 0;
    QTest::newRow("late timer") << 6000 << 0 << 0;
    QTest::newRow("starved") << 5000 << 3000 << 3000;
    QTest::newRow("starved, then hung") << 8000 << 3000 << 0;
    QTest::newRow("starved for ever") << 24'000 << 24'000 << 1000;
    QTest::newRow("not for ever") << 25'000 << 25'000 << 0;
}

void tst_PluginCatalog::countsTheTimeThatAProbeHadAProcessor()
{
    QFETCH(int, elapsed);
    QFETCH(int, waited);
    QFETCH(int, remaining);
    using std::chrono::milliseconds;

    const auto left =
        remainingTime(milliseconds(5000), milliseconds(elapsed), milliseconds(waited));

    QCOMPARE(left.count(), remaining);
}

void tst_PluginCatalog::waitsAsLongAsThePluginAsksFor()
{
    const CatalogFact catalog = scan({fixture(u"impatient"_s)});

    QCOMPARE(catalog.plugins.size(), 1);
    QVERIFY2(catalog.plugins.first().message.contains(u"within 0.1 s"_s),
             qPrintable(catalog.plugins.first().message));
}

void tst_PluginCatalog::readsHowLongAProcessWaited()
{
    QCOMPARE(waitingTime("1234567 45827000000 17\n").count(), 45827);
    QCOMPARE(waitingTime("").count(), 0);
    QCOMPARE(waitingTime("nonsense").count(), 0);
}

void tst_PluginCatalog::usesGoodPluginsBesideBadOnes()
{
    QTemporaryDir folder;
    QFile text(folder.filePath(u"aaa.so"_s));
    QVERIFY(text.open(QIODevice::WriteOnly));
    text.write("not a library");
    text.close();
    QVERIFY(QFile::link(bundled() + u"/basics.so"_s, folder.filePath(u"basics.so"_s)));

    const CatalogFact catalog = scan({folder.path()});

    QCOMPARE(catalog.plugins.size(), 2);
    QCOMPARE(catalog.plugins.first().code, u"not-a-library"_s);
    QVERIFY2(catalog.plugins.last().isActive, qPrintable(catalog.plugins.last().message));
}

void tst_PluginCatalog::takesTheFirstOfTwoPluginsWithOneId()
{
    QTemporaryDir folder;
    QVERIFY(QFile::copy(bundled() + u"/basics.so"_s, folder.filePath(u"zwei.so"_s)));

    const CatalogFact catalog = scan({bundled(), folder.path()});

    QVERIFY(plugin(catalog, u"org.fanfare.basics"_s)->isActive);
    const PluginFact &second = catalog.plugins.last();
    QCOMPARE(second.code, u"duplicate-id"_s);
    QVERIFY(second.message.contains(bundled() + u"/basics.so"_s));
}

void tst_PluginCatalog::complainsAboutFolders()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));

    const CatalogFact catalog =
        scan({folder.filePath(u"missing"_s), folder.filePath(u"file"_s), folder.path()});

    QCOMPARE(catalog.problems.size(), 2);
    QVERIFY(catalog.problems.first().contains(folder.filePath(u"missing"_s)));
    QVERIFY(catalog.problems.last().contains(folder.filePath(u"file"_s)));
    QVERIFY(catalog.plugins.isEmpty());
}

void tst_PluginCatalog::looksAtAFolderOnce()
{
    const CatalogFact once = scan({bundled()});

    const CatalogFact twice = scan({bundled(), bundled() + u"/."_s});

    QCOMPARE(twice.plugins.size(), once.plugins.size());
}

void tst_PluginCatalog::isScannedAfterTheCall()
{
    EventLinker linker;
    PluginCatalog catalog(linker, probeOptions());
    QSignalSpy scanned(&catalog, &PluginCatalog::scanned);

    catalog.scan({});

    QCOMPARE(scanned.count(), 0);
    QTRY_COMPARE(scanned.count(), 1);
}

QTEST_GUILESS_MAIN(tst_PluginCatalog)
#include "tst_plugincatalog.moc"
