// SPDX-License-Identifier: MIT
// Scenarios whose handlers run in worker processes: which ones can, and that those are seen.
#include "comparison.h"
#include "crossing.h"
#include "errortext.h"
#include "vectorformat.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Fanfare::Conformance;

class tst_Crossing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsWhatStaysOnThreads_data();
    void knowsWhatStaysOnThreads();
    void seesWhatWorkersDo_data();
    void seesWhatWorkersDo();
    void errorsKeepEveryText_data();
    void errorsKeepEveryText();
};

static QJsonObject fromText(const QByteArray &text)
{
    QJsonParseError error;
    const QJsonObject object = QJsonDocument::fromJson(text, &error).object();
    Q_ASSERT_X(error.error == QJsonParseError::NoError, "fromText", text.constData());
    return object;
}

void tst_Crossing::knowsWhatStaysOnThreads_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QString>("reason");

    const QString linkers = u"a handler works on the linkers"_s;
    QTest::newRow("plain") << QByteArray(R"("behaviour": {"kind": "echo"})") << QString();
    QTest::newRow("callback") << QByteArray(
        R"("behaviour": {"kind": "none", "onSuccess": {"kind": "none", "do": [{"op": "removeAll"}]}})")
                              << QString();
    QTest::newRow("handler") << QByteArray(
        R"("behaviour": {"kind": "none", "do": [{"op": "removeAll"}]})")
                             << linkers;
    QTest::newRow("item") << QByteArray(
        R"("behaviour": {"kind": "sequence", "items": [{"kind": "none", "do": [{"op": "removeAll"}]}]})")
                          << linkers;
    QTest::newRow("handler that a callback subscribes") << QByteArray(
        R"("behaviour": {"kind": "none", "onFailure": {"kind": "none", "do": [{"op": "subscribe",
           "id": "t", "events": ["A"], "behaviour": {"kind": "none", "do": [{"op": "removeAll"}]}}]}})")
                                                        << linkers;
    QTest::newRow("blocking handler")
        << QByteArray(R"("forceAsync": true, "behaviour": {"kind": "wait", "gate": "g"})")
        << u"a blocking handler"_s;
    QTest::newRow("coroutine that waits")
        << QByteArray(R"("async": true, "behaviour": {"kind": "wait", "gate": "g"})") << QString();
    QTest::newRow("text") << QByteArray(R"("behaviour": {"kind": "return", "value": ["\ufeffx"]})")
                          << u"a text is no valid Unicode"_s;
}

void tst_Crossing::knowsWhatStaysOnThreads()
{
    QFETCH(QByteArray, members);
    QFETCH(QString, reason);
    const QJsonObject scenario =
        fromText(R"({"ops": [{"op": "subscribe", "id": "s", "events": ["A"], )" + members + "}]}");

    const QString told = reasonForThreadsOnly(scenario);

    QVERIFY2(reason.isEmpty() ? told.isEmpty() : told.startsWith(reason), qPrintable(told));
}

/// A coroutine waits for a gate while the only worker goes on, and a callback emits.
static constexpr auto sample = R"json({
"name": "remote", "executor": {"workers": 1}, "drain": "manual",
"ops": [
  {"op": "subscribe", "id": "w", "events": ["W"], "async": true,
   "behaviour": {"kind": "wait", "gate": "g", "then": {"kind": "echo"}}, "success": true},
  {"op": "subscribe", "id": "s", "events": ["S"], "failure": true,
   "behaviour": {"kind": "sequence", "items": [{"kind": "none"}, {"kind": "throw", "message": "no"}],
                 "onFailure": {"kind": "none", "do": [{"op": "emit", "event": "E"}]}}},
  {"op": "subscribe", "id": "e", "events": ["E"], "async": true},
  {"op": "emit", "event": "W", "args": [1, "two"]}, {"op": "awaitStarted", "id": "w"},
  {"op": "emit", "event": "S"}, {"op": "emit", "event": "S"}, {"op": "awaitStarted", "id": "e"},
  {"op": "open", "gate": "g"}],
"expect": {
  "results": [{"ok": ["W"]}, {"ok": ["S"]}, {"ok": ["E"]},
              {"ok": {"submitted": true, "subscribers": ["w"]}}, {"ok": null},
              {"ok": {"submitted": true, "subscribers": ["s"]}},
              {"ok": {"submitted": true, "subscribers": ["s"]}}, {"ok": null}, {"ok": null}],
  "calls": [
    {"op": 3, "emission": "3", "subscriber": "w", "phase": "event", "args": [1, "two"], "named": {}},
    {"op": 3, "emission": "3", "subscriber": "w", "phase": "success", "via": "own",
     "args": [{"args": [1, "two"], "named": {}}], "named": {}},
    {"op": 5, "emission": "5", "subscriber": "s", "phase": "event", "args": [], "named": {}},
    {"op": 6, "emission": "6", "subscriber": "s", "phase": "event", "args": [], "named": {}},
    {"op": 6, "emission": "6", "subscriber": "s", "phase": "failure", "via": "own",
     "args": [{"$error": {"message": "no"}}], "named": {}},
    {"op": 6, "emission": "6/s.failure.0", "subscriber": "e", "phase": "event", "args": [],
     "named": {}}],
  "nested": [{"op": 6, "emission": "6", "subscriber": "s", "phase": "failure", "index": 0,
              "result": {"ok": {"submitted": true, "subscribers": ["e"]}}}],
  "order": ["3", "5", "6", "6/s.failure.0"],
  "registry": {"main": {"W": ["w"], "S": ["s"], "E": ["e"]}}}})json";

void tst_Crossing::seesWhatWorkersDo_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QString>("difference");

    QTest::newRow("nothing else") << QByteArray("remote") << QByteArray("same") << QString();
    QTest::newRow("argument") << QByteArray("\"args\": [1, \"two\"], \"named\"")
                              << QByteArray("\"args\": [2, \"two\"], \"named\"")
                              << u"missing call"_s;
    QTest::newRow("result") << QByteArray("[{\"args\": [1,") << QByteArray("[{\"args\": [2,")
                            << u"missing call"_s;
    QTest::newRow("error") << QByteArray("\"message\": \"no\"}}]")
                           << QByteArray("\"message\": \"yes\"}}]") << u"missing call"_s;
    QTest::newRow("order") << QByteArray("\"order\": [\"3\", \"5\"")
                           << QByteArray("\"order\": [\"5\", \"3\"") << u"order of the"_s;
}

void tst_Crossing::seesWhatWorkersDo()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QString, difference);
    QByteArray text = sample;
    QVERIFY(text.contains(before));
    const QJsonObject scenario = fromText(text.replace(text.indexOf(before), before.size(), after));
    checkScenario(scenario);
    QCOMPARE(reasonForThreadsOnly(scenario), QString());

    const QStringList lines = differences(scenario, replay(scenario, *processVenue()));

    const QString first = lines.value(0);
    QVERIFY2(difference.isEmpty() ? lines.isEmpty() : first.startsWith(difference),
             qPrintable(lines.join(u'\n')));
}

void tst_Crossing::errorsKeepEveryText_data()
{
    QTest::addColumn<QString>("text");

    QTest::newRow("plain") << u"no"_s;
    QTest::newRow("empty") << QString();
    QTest::newRow("leading U+FEFF") << QString(QChar(0xfeff) + u"A"_s);
    QTest::newRow("U+0000") << QString(u"a"_s + QChar(u'\0') + u"b"_s);
    QTest::newRow("lone surrogate") << QString(QChar(0xdc00) + u"x"_s);
}

void tst_Crossing::errorsKeepEveryText()
{
    QFETCH(QString, text);

    const std::string thrown = thrownText(text);

    QCOMPARE(receivedText(QString::fromUtf8(thrown.c_str())), text);
}

QTEST_GUILESS_MAIN(tst_Crossing)
#include "tst_crossing.moc"
