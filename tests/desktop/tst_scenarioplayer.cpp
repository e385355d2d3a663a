// SPDX-License-Identifier: MIT
#include "desktop/samplefacts.h"
#include "desktop/scenarioplayer.h"
#include "desktop/session.h"
#include "desktop/testengine.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_ScenarioPlayer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void playsOneEntryAfterTheOther();
    void waitsForThePauseOfAnEntry();
    void stopsInAPause();
    void keepsTheOrderWhileTheEngineStarts();
    void refusesWithASentence_data();
    void refusesWithASentence();

private:
    QString file(const QByteArray &text)
    {
        const QString path = m_folder.filePath(u"scenario.json"_s);
        QFile out(path);
        if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size())
            qFatal("the test cannot write %s", qPrintable(path));
        return path;
    }

    QTemporaryDir m_folder;
};

void tst_ScenarioPlayer::playsOneEntryAfterTheOther()
{
    Session session(testEngine());
    ScenarioPlayer player(session);
    QSignalSpy ready(&session, &Session::engineReady);
    QSignalSpy started(&player, &ScenarioPlayer::started);
    QSignalSpy emitted(&session, &Session::emitted);
    session.startEngine();
    QTRY_COMPARE(ready.count(), 1);

    player.play(file(R"({"scenario": 1, "emissions": [
        {"event": "Echo", "count": 3, "arguments": [1]},
        {"event": "Sleep", "count": 2, "fields": {"ms": 1}}]})"));

    QTRY_COMPARE(session.model().spanCount(), size_t(5));
    QCOMPARE(started.count(), 1);
    QCOMPARE(emitted.count(), 2);
    QCOMPARE(session.model().eventName(EmissionId{1}), u"Echo"_s);
    QCOMPARE(session.model().eventName(EmissionId{5}), u"Sleep"_s);
}

static TimedCommand timed(const QString &event, std::chrono::nanoseconds pause)
{
    return {{event, {}, 1, 0}, pause};
}

void tst_ScenarioPlayer::waitsForThePauseOfAnEntry()
{
    Session session(testEngine());
    ScenarioPlayer player(session);
    QSignalSpy ready(&session, &Session::engineReady);
    session.startEngine();
    QTRY_COMPARE(ready.count(), 1);

    player.playCommands({timed(u"Echo"_s, 0ms), timed(u"Echo"_s, 150ms)});
    QTRY_COMPARE(session.model().spanCount(), size_t(2));

    const qint64 between =
        session.model().span(1).record.queued - session.model().span(0).record.queued;
    QVERIFY2(between >= 150'000'000, qPrintable(QString::number(between)));
    QVERIFY(!player.isPlaying());
}

void tst_ScenarioPlayer::stopsInAPause()
{
    Session session(testEngine());
    ScenarioPlayer player(session);
    QSignalSpy ready(&session, &Session::engineReady);
    QSignalSpy emitted(&session, &Session::emitted);
    session.startEngine();
    QTRY_COMPARE(ready.count(), 1);
    player.playCommands({timed(u"Echo"_s, 0ms), timed(u"Echo"_s, 1h)});
    QTRY_COMPARE(session.model().spanCount(), size_t(1));
    QVERIFY(player.isPlaying());

    session.cancelAll();

    QVERIFY(!player.isPlaying());
    QCOMPARE(emitted.count(), 1);
}

void tst_ScenarioPlayer::keepsTheOrderWhileTheEngineStarts()
{
    Session session(testEngine());
    ScenarioPlayer player(session);
    session.startEngine();

    player.playCommands(
        {timed(u"Echo"_s, 0ms), timed(u"StringEvent"_s, 0ms), timed(u"Echo"_s, 0ms)});

    QTRY_COMPARE(session.model().spanCount(), size_t(4));
    QCOMPARE(session.model().eventName(EmissionId{1}), u"Echo"_s);
    QCOMPARE(session.model().eventName(EmissionId{2}), u"StringEvent"_s);
    QCOMPARE(session.model().eventName(EmissionId{3}), u"Echo"_s);
}

void tst_ScenarioPlayer::refusesWithASentence_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("no json") << QByteArray("{") << QString();
    QTest::newRow("unknown event")
        << QByteArray(R"({"scenario": 1, "emissions": [{"event": "Nobody"}]})")
        << u"emissions[0].event: No handler reacts to “Nobody” of the scenario."_s;
    QTest::newRow("wrong field") << QByteArray(
        R"({"scenario": 1, "emissions": [{"event": "Sleep", "fields": {"ms": "long"}}]})")
                                 << u"emissions[0].fields: "_s;
}

void tst_ScenarioPlayer::refusesWithASentence()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, sentence);

    const auto commands = scenarioCommands(file(text), SampleFacts::catalog());

    QVERIFY(!commands);
    QVERIFY2(commands.error().message.contains(u": "_s + sentence),
             qPrintable(commands.error().message));
}

QTEST_MAIN(tst_ScenarioPlayer)
#include "tst_scenarioplayer.moc"
