// SPDX-License-Identifier: MIT
// The plugins that misbehave do what their names say; other tests rely on that.
#include <support/childprocess.h>

#include <fanfare/sdk/handlerplugin.h>

#include <QFileInfo>
#include <QPluginLoader>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using Fanfare::HandlerPlugin;

static QString fixture(const QString &kind)
{
    return QStringLiteral(FANFARE_TEST_FIXTURE_DIR "/%1/%1.so").arg(kind);
}

/// Goes through the steps of using a plugin and returns how far that went, as an exit code.
static int tryPlugin(const QString &kind)
{
    enum Step { NoMetadata = 10, NotLoaded, NotOurs, ThrewAtUse, NoHandler, Works };
    QPluginLoader loader(fixture(kind));
    if (loader.metaData().isEmpty())
        return NoMetadata;
    try {
        if (!loader.instance())
            return NotLoaded;
        auto *plugin = qobject_cast<HandlerPlugin *>(loader.instance());
        if (!plugin)
            return NotOurs;
        plugin->events();
        plugin->handlers();
        const std::unique_ptr<Fanfare::Handler> handler(plugin->create(u"work"_s));
        return handler ? Works : NoHandler;
    } catch (const std::exception &) {
        return ThrewAtUse;
    }
}

class tst_Fixtures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endAsTheirNamesSay_data();
    void endAsTheirNamesSay();
    void hangsAtLoad();
    void filesAreThere();
    void duplicateClaimsTheIdOfBasics();
};

void tst_Fixtures::endAsTheirNamesSay_data()
{
    QTest::addColumn<QString>("end");

    QTest::newRow("text-file") << u"exit 10"_s;
    QTest::newRow("empty-file") << u"exit 10"_s;
    QTest::newRow("truncated") << u"exit 10"_s;
    QTest::newRow("wrong-architecture") << u"exit 10"_s;
    QTest::newRow("no-metadata") << u"exit 10"_s;
    QTest::newRow("directory") << u"exit 10"_s;
    QTest::newRow("dangling-link") << u"exit 10"_s;
    QTest::newRow("missing-symbol") << u"exit 11"_s;
    QTest::newRow("other-interface") << u"exit 12"_s;
    QTest::newRow("wrong-iid") << u"exit 12"_s;
    QTest::newRow("newer-iid") << u"exit 12"_s;
    QTest::newRow("throws-in-constructor") << u"exit 13"_s;
    QTest::newRow("throws-in-events") << u"exit 13"_s;
    QTest::newRow("throws-in-handlers") << u"exit 13"_s;
    QTest::newRow("throws-in-create") << u"exit 13"_s;
    QTest::newRow("missing-handler") << u"exit 14"_s;
    QTest::newRow("odd-table") << u"exit 14"_s;
    QTest::newRow("bad-metadata") << u"exit 14"_s;
    QTest::newRow("well-behaved") << u"exit 15"_s;
    QTest::newRow("duplicate-id") << u"exit 15"_s;
    QTest::newRow("aborts-at-load") << u"signal 6"_s;
    QTest::newRow("aborts-in-constructor") << u"signal 6"_s;
    QTest::newRow("exits-at-load") << u"exit 7"_s;
}

void tst_Fixtures::endAsTheirNamesSay()
{
    QFETCH(QString, end);
    QProcess process;

    Fanfare::Test::startSelf(process, {u"--try"_s, QString::fromLatin1(QTest::currentDataTag())});

    QVERIFY(process.waitForFinished());
    QCOMPARE(Fanfare::Test::endOf(process), end);
}

void tst_Fixtures::hangsAtLoad()
{
    QProcess process;
    Fanfare::Test::startSelf(process, {u"--try"_s, u"hangs-at-load"_s});

    const bool hasEnded = process.waitForFinished(500);
    process.kill();

    QVERIFY(!hasEnded);
    QVERIFY(process.waitForFinished());
}

void tst_Fixtures::filesAreThere()
{
    QVERIFY(QFileInfo(fixture(u"directory"_s)).isDir());
    QVERIFY(QFileInfo(fixture(u"dangling-link"_s)).isSymLink());
    QCOMPARE(QFileInfo(fixture(u"empty-file"_s)).size(), 0);
    QCOMPARE_GT(QFileInfo(fixture(u"truncated"_s)).size(), 0);
}

void tst_Fixtures::duplicateClaimsTheIdOfBasics()
{
    const QPluginLoader loader(fixture(u"duplicate-id"_s));
    QCOMPARE(loader.metaData()[u"MetaData"_s][u"id"_s].toString(), u"org.fanfare.basics"_s);
}

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.value(1) == "--try"_L1)
        return tryPlugin(arguments.value(2));
    tst_Fixtures test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_fixtures.moc"
