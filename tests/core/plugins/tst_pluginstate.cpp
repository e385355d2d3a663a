// SPDX-License-Identifier: MIT
#include <fanfare/plugins/catalogfact.h>

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_PluginState : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasAStableNameForEveryState();
    void goesForwardOnly();
    void clearsWhatDoesNotHoldAnyMore();
};

void tst_PluginState::hasAStableNameForEveryState()
{
    QStringList names;
    for (int i = 0; i <= int(PluginState::Refused); ++i) {
        names.append(stateName(PluginState(i)));
        QCOMPARE(stateNamed(names.last()), PluginState(i));
    }

    QCOMPARE(names.join(u' '), u"seen settled vetted cached described probed active refused"_s);
    QVERIFY(!stateNamed(u"working"));
}

void tst_PluginState::goesForwardOnly()
{
    QVERIFY(canFollow(PluginState::Seen, PluginState::Settled));
    QVERIFY(canFollow(PluginState::Settled, PluginState::Described));
    QVERIFY(canFollow(PluginState::Probed, PluginState::Active));
    QVERIFY(canFollow(PluginState::Active, PluginState::Seen));
    QVERIFY(canFollow(PluginState::Refused, PluginState::Seen));
    QVERIFY(!canFollow(PluginState::Described, PluginState::Cached));
    QVERIFY(!canFollow(PluginState::Refused, PluginState::Active));
    QVERIFY(!canFollow(PluginState::Active, PluginState::Probed));
}

void tst_PluginState::clearsWhatDoesNotHoldAnyMore()
{
    PluginFact plugin;
    plugin.handlers.append({SubscriberId(7), u"work"_s});
    changeState(plugin, PluginState::Active);
    QVERIFY(plugin.isActive);
    plugin.newBuild = NewBuildFact();

    changeState(plugin, PluginState::Refused);
    plugin.code = u"truncated"_s;
    QVERIFY(!plugin.isActive && plugin.handlers.isEmpty() && !plugin.newBuild);
    changeState(plugin, PluginState::Seen);

    QVERIFY(plugin.code.isEmpty());
}

QTEST_APPLESS_MAIN(tst_PluginState)
#include "tst_pluginstate.moc"
