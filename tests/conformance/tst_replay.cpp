// SPDX-License-Identifier: MIT
// The replayer itself: that it sees what is wrong. That it sees what is right, the vectors show.
#include "comparison.h"
#include "vectorformat.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Fanfare::Conformance;

class tst_Replay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsWhatHappens();
    void findsEveryKindOfDifference_data();
    void findsEveryKindOfDifference();
    void refusesWhatItDoesNotKnow_data();
    void refusesWhatItDoesNotKnow();
    void keepsEveryCharacter_data();
    void keepsEveryCharacter();
};

/// A handler that emits a second event and returns a number to its success callback.
static constexpr auto sample = R"json({
"name": "sample", "executor": {"workers": 1}, "drain": "each",
"linker": {"maxSubscribers": 2},
"ops": [
  {"op": "subscribe", "id": "s1", "events": ["A"], "success": true,
   "behaviour": {"kind": "return", "value": 5, "do": [{"op": "emit", "event": "B"}]}},
  {"op": "subscribe", "id": "s2", "events": ["B", "C"], "async": true},
  {"op": "emit", "event": "A", "args": [1]},
  {"op": "query", "what": "subscriberCount"}],
"expect": {
  "results": [{"ok": ["A"]}, {"ok": ["C", "B"]}, {"ok": {"submitted": true, "subscribers": ["s1"]}},
              {"ok": 2}],
  "calls": [
    {"op": 2, "emission": "2", "subscriber": "s1", "phase": "event", "args": [1], "named": {}},
    {"op": 2, "emission": "2", "subscriber": "s1", "phase": "success", "via": "own",
     "args": [5], "named": {}},
    {"op": 2, "emission": "2/s1.event.0", "subscriber": "s2", "phase": "event",
     "args": [], "named": {}}],
  "nested": [{"op": 2, "emission": "2", "subscriber": "s1", "phase": "event", "index": 0,
              "result": {"ok": {"submitted": true, "subscribers": ["s2"]}}}],
  "order": ["2", "2/s1.event.0"],
  "registry": {"main": {"A": ["s1"], "B": ["s2"], "C": ["s2"]}}}})json";

/// The sample with \a before replaced by \a after.
static QJsonObject changed(const QString &before, const QString &after)
{
    QString text = QString::fromUtf8(sample);
    Q_ASSERT(text.contains(before));
    text.replace(text.indexOf(before), before.size(), after);
    QJsonParseError error;
    const QJsonObject scenario = QJsonDocument::fromJson(text.toUtf8(), &error).object();
    Q_ASSERT(error.error == QJsonParseError::NoError);
    return scenario;
}

void tst_Replay::acceptsWhatHappens()
{
    const QJsonObject scenario = changed(u"sample"_s, u"same"_s);

    checkScenario(scenario);

    QCOMPARE(differences(scenario, replay(scenario, *threadVenue())), QStringList());
}

void tst_Replay::findsEveryKindOfDifference_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("difference");

    QTest::newRow("result") << u"{\"ok\": 2}"_s << u"{\"ok\": 3}"_s
                            << u"op 3 query {\"what\":\"subscriberCount\"}: expected {\"ok\":3}, "
                               "got {\"ok\":2}"_s;
    QTest::newRow("set") << u"[\"C\", \"B\"]"_s << u"[\"C\"]"_s << u"op 1 subscribe"_s;
    QTest::newRow("element twice")
        << u"[\"C\", \"B\"]"_s << u"[\"C\", \"B\", \"B\"]"_s << u"op 1 subscribe"_s;
    QTest::newRow("error") << u"{\"ok\": 2}"_s << u"{\"error\": \"noEvents\"}"_s << u"op 3"_s;
    QTest::newRow("argument of a call")
        << u"\"args\": [5]"_s << u"\"args\": [6]"_s << u"missing call"_s;
    QTest::newRow("name of an emission")
        << u"\"2/s1.event.0\", \"sub"_s << u"\"2/s1.event.1\", \"sub"_s << u"missing call"_s;
    QTest::newRow("unexpected call")
        << u"\"success\": true"_s << u"\"failure\": true"_s << u"missing call"_s;
    QTest::newRow("nested result")
        << u"\"subscribers\": [\"s2\"]"_s << u"\"subscribers\": []"_s << u"missing nested result"_s;
    QTest::newRow("order") << u"[\"2\", \"2/s1.event.0\"]"_s << u"[\"2/s1.event.0\", \"2\"]"_s
                           << u"order of the emissions"_s;
    QTest::newRow("registry") << u"\"C\": [\"s2\"]"_s << u"\"C\": [\"s1\"]"_s
                              << u"registry at the end"_s;
}

void tst_Replay::findsEveryKindOfDifference()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QString, difference);
    const QJsonObject scenario = changed(before, after);
    checkScenario(scenario);

    const QStringList lines = differences(scenario, replay(scenario, *threadVenue()));

    QVERIFY(!lines.isEmpty());
    QVERIFY2(lines.first().startsWith(difference), qPrintable(lines.join(u'\n')));
}

void tst_Replay::refusesWhatItDoesNotKnow_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("error");

    QTest::newRow("member") << u"\"async\""_s << u"\"asink\""_s << u"unknown member \"asink\""_s;
    QTest::newRow("member of the scenario")
        << u"\"drain\""_s << u"\"x\": 1, \"drain\""_s << u"unknown member \"x\""_s;
    QTest::newRow("setting") << u"\"maxSubscribers\""_s << u"\"maximum\""_s
                             << u"unknown member \"maximum\""_s;
    QTest::newRow("operation") << u"\"op\": \"query\""_s << u"\"op\": \"dance\""_s
                               << u"unknown operation \"dance\""_s;
    QTest::newRow("nested operation")
        << u"{\"op\": \"emit\", \"event\": \"B\"}"_s << u"{\"op\": \"drain\"}"_s
        << u"unknown nested operation \"drain\""_s;
    QTest::newRow("query") << u"\"subscriberCount\""_s << u"\"weather\""_s
                           << u"unknown query \"weather\""_s;
    QTest::newRow("behaviour") << u"\"kind\": \"return\""_s << u"\"kind\": \"sing\""_s
                               << u"unknown behaviour \"sing\""_s;
    QTest::newRow("phase") << u"\"phase\": \"success\""_s << u"\"phase\": \"later\""_s
                           << u"unknown phase \"later\""_s;
    QTest::newRow("error name") << u"{\"ok\": 2}"_s << u"{\"error\": \"bad\"}"_s
                                << u"unknown error name \"bad\""_s;
    QTest::newRow("drain mode") << u"\"each\""_s << u"\"never\""_s
                                << u"unknown drain mode \"never\""_s;
    QTest::newRow("missing member") << u"\"event\": \"A\", "_s << u""_s << u"lacks \"event\""_s;
    QTest::newRow("missing result")
        << u", {\"ok\": [\"C\", \"B\"]}"_s << u""_s << u"not as many results"_s;
}

void tst_Replay::refusesWhatItDoesNotKnow()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QString, error);
    const QJsonObject scenario = changed(before, after);

    QString text;
    try {
        checkScenario(scenario);
    } catch (const FormatError &refusal) {
        text = QString::fromUtf8(refusal.what());
    }

    QVERIFY2(text.contains(error), qPrintable(text));
}

void tst_Replay::keepsEveryCharacter_data()
{
    QTest::addColumn<QString>("text");

    QTest::newRow("plain") << u"A"_s;
    QTest::newRow("leading U+FEFF") << QString(QChar(0xfeff) + u"A"_s);
    QTest::newRow("U+0000") << QString(QChar(u'\0'));
    QTest::newRow("lone surrogate") << QString(QChar(0xdc00) + u"x"_s);
    QTest::newRow("beyond U+FFFF") << u"\U0001f3ba"_s;
}

/// As the name of an event, as an argument and as the key of a named one.
void tst_Replay::keepsEveryCharacter()
{
    QFETCH(QString, text);
    const QJsonObject named{{u"k"_s + text, QJsonArray{text}}};
    QJsonObject scenario = changed(u"sample"_s, u"same"_s);
    scenario[u"ops"_s] = QJsonArray{
        QJsonObject{{u"op"_s, u"subscribe"_s}, {u"id"_s, u"s1"_s}, {u"events"_s, QJsonArray{text}}},
        QJsonObject{{u"op"_s, u"emit"_s},
                    {u"event"_s, text},
                    {u"args"_s, QJsonArray{text}},
                    {u"named"_s, named}}};

    const Observation observation = replay(scenario, *threadVenue());

    QCOMPARE(observation.problems, QStringList());
    QCOMPARE(observation.calls.size(), 1U);
    QCOMPARE(observation.calls.front()[u"args"_s], QJsonValue(QJsonArray{text}));
    QCOMPARE(observation.calls.front()[u"named"_s], QJsonValue(named));
    QCOMPARE(observation.registry[u"main"_s].toObject().keys(), QStringList{text});
}

QTEST_GUILESS_MAIN(tst_Replay)
#include "tst_replay.moc"
