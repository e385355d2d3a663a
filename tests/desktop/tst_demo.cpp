// SPDX-License-Identifier: MIT
#include "desktop/demo.h"
#include "desktop/samplefacts.h"

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

static QStringList eventsOf(const QList<EmitCommand> &commands)
{
    QStringList events;
    for (const EmitCommand &command : commands)
        events.append(command.event);
    return events;
}

class tst_Demo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesOutWhatNothingHandles();
    void hashesTheFilesThereAre();
    void saysWhyItCannotPlay();
    void oneFailureIsNoDemo();
};

void tst_Demo::leavesOutWhatNothingHandles()
{
    const auto commands = demoCommands(SampleFacts::catalog(), {});

    QVERIFY(commands);
    QCOMPARE(eventsOf(*commands), (QStringList{u"StringEvent"_s, u"Sleep"_s, u"Echo"_s}));
}

void tst_Demo::hashesTheFilesThereAre()
{
    const auto commands = demoCommands(SampleFacts::catalog(), {u"/a"_s, u"/b"_s});

    QVERIFY(commands);
    const EmitCommand files = commands->last();
    QCOMPARE(files.event, u"FileAdded"_s);
    QCOMPARE(files.count, 2);
    QCOMPARE(files.arguments[1].fields, (QCborMap{{u"path"_s, u"/b"_s}}));
}

void tst_Demo::saysWhyItCannotPlay()
{
    const auto commands = demoCommands({}, {u"/a"_s});

    QVERIFY(!commands);
    QVERIFY(commands.error().message.contains(u"basics"_s));
}

void tst_Demo::oneFailureIsNoDemo()
{
    CatalogFact catalog;
    PluginFact chaos;
    chaos.state = PluginState::Active;
    chaos.isActive = true;
    chaos.handlers = {{SubscriberId{1}, u"throw"_s, {}, {u"ChaosThrow"_s}, false}};
    catalog.plugins = {chaos};

    QVERIFY(!demoCommands(catalog, {}));
}

QTEST_GUILESS_MAIN(tst_Demo)
#include "tst_demo.moc"
