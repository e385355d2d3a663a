// SPDX-License-Identifier: MIT
#include <fanfare/cluster/controlorder.h>
#include <fanfare/cluster/envelopereader.h>
#include <fanfare/cluster/eventenvelope.h>
#include <fanfare/cluster/hostpresence.h>
#include <fanfare/cluster/taskenvelope.h>

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>
#include <QTest>

#include <random>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_Envelopes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void carryTasks();
    void carryEvents();
    void carryPresence();
    void carryOrders();
    void carryTimes();
    void skipKeysOfNewerVersions();
    void refuseWrongFields_data();
    void refuseWrongFields();
    void refuseDeepArguments();
    void refuseLongArguments();
    void takeTaggedValues();
    void surviveDamage();
    void nameQueuesByBuild();
};

static TaskEnvelope someTask()
{
    TaskEnvelope task;
    task.task = {ClusterSession(0xf1f2f3f4f5f6f7f8), 7};
    task.plugin = u"org.fanfare.basics"_s;
    task.hash = QByteArray(32, '\xab');
    task.handler = u"Greeter"_s;
    task.event = u"Größe"_s;
    task.appTime = 1234567890123;
    task.deadline = 5'000'000;
    task.isIdempotent = true;
    task.origin = {EmissionId(12), 3};
    task.arguments =
        QCborArray{QCborArray{1, u"x"_s}, QCborMap(), QCborMap()}.toCborValue().toCbor();
    return task;
}

static EventEnvelope someEvent(EventKind kind)
{
    EventEnvelope event;
    event.task = {ClusterSession(1), 7};
    event.agent = ClusterSession(~quint64(0));
    event.counter = 3;
    event.attempt = 2;
    event.kind = kind;
    event.slot = 5;
    event.time = -4;
    event.started = 9;
    event.outcome = Outcome::Crashed;
    event.payload = QCborArray{u"e"_s, u"t"_s}.toCborValue().toCbor();
    event.reason = u"signal"_s;
    event.text = u"half"_s;
    event.cpu = 77;
    event.peakMemory = 4096;
    event.progress = 0.25;
    event.level = 2;
    event.crash = QCborMap{{u"code"_s, u"signal"_s}}.toCborValue().toCbor();
    return event;
}

static HostPresence somePresence()
{
    HostPresence presence{ClusterSession(5), u"host-a"_s, 4711, 4, 2, 1, 8, u"0.1.0"_s, true, {}};
    presence.plugins = {{u"p"_s, u"1.0"_s, QByteArray(32, 'h')}, {u"q"_s, {}, {}}};
    return presence;
}

static ControlOrder someOrder()
{
    return {ControlKind::Grant, ClusterSession(9), 55, {{ClusterSession(9), 1}}};
}

void tst_Envelopes::carryTasks()
{
    const TaskEnvelope task = someTask();

    const auto read = decodeTask(encode(task));

    QVERIFY(read);
    QCOMPARE(encode(*read), encode(task));
    QCOMPARE(read->task, task.task);
    QCOMPARE(read->event, task.event);
    QCOMPARE(read->arguments, task.arguments);
    QCOMPARE(read->origin, task.origin);
    QVERIFY(read->isIdempotent);
}

void tst_Envelopes::carryEvents()
{
    const QList<EventEnvelope> events{someEvent(EventKind::Ended), someEvent(EventKind::Asked)};

    const auto read = decodeEvents(encode(events));

    QVERIFY(read);
    QCOMPARE(read->size(), 2);
    QCOMPARE(encode(*read), encode(events));
    QCOMPARE(read->first().agent, events.first().agent);
    QCOMPARE(read->first().time, events.first().time);
    QCOMPARE(read->first().outcome, Outcome::Crashed);
    QCOMPARE(read->first().crash, events.first().crash);
    QCOMPARE(read->at(1).kind, EventKind::Asked);
}

void tst_Envelopes::carryPresence()
{
    const HostPresence presence = somePresence();

    const auto read = decodePresence(encode(presence));

    QVERIFY(read);
    QCOMPARE(*read, presence);
}

void tst_Envelopes::carryOrders()
{
    const auto read = decodeOrder(encode(someOrder()));

    QVERIFY(read);
    QCOMPARE(*read, someOrder());
}

void tst_Envelopes::carryTimes()
{
    const ClockAnswer answer{ClusterSession(3), 1, -2, 3};

    const auto read = decodeClockAnswer(encode(answer));

    QVERIFY(read);
    QCOMPARE(*read, answer);
}

/// The encoded task, as a map to be changed.
static QCborMap taskMap()
{
    return QCborValue::fromCbor(encode(someTask())).toMap();
}

static bool isRead(const QCborMap &map)
{
    return bool(decodeTask(map.toCborValue().toCbor()));
}

void tst_Envelopes::skipKeysOfNewerVersions()
{
    QCborMap map = taskMap();
    map[1000] = QCborArray{QCborMap{{1, 2}}, u"new"_s};

    const bool isKnown = isRead(map);

    QVERIFY(isKnown);
}

void tst_Envelopes::refuseWrongFields_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<QCborValue>("value");

    QTest::newRow("version 2") << 0 << QCborValue(2);
    QTest::newRow("version as text") << 0 << QCborValue(u"1"_s);
    QTest::newRow("no version") << 0 << QCborValue(QCborValue::Undefined);
    QTest::newRow("short task") << 1 << QCborValue(QByteArray(15, 'x'));
    QTest::newRow("task as number") << 1 << QCborValue(5);
    QTest::newRow("plugin with slash") << 2 << QCborValue(u"../x"_s);
    QTest::newRow("plugin as bytes") << 2 << QCborValue(QByteArray("p"));
    QTest::newRow("short hash") << 3 << QCborValue(QByteArray(31, 'x'));
    QTest::newRow("long hash") << 3 << QCborValue(QByteArray(33, 'x'));
    QTest::newRow("no handler") << 4 << QCborValue(QString());
    QTest::newRow("event as list") << 5 << QCborValue(QCborArray{u"e"_s});
    QTest::newRow("negative deadline") << 7 << QCborValue(-1);
    QTest::newRow("deadline as double") << 7 << QCborValue(1.5);
    QTest::newRow("negative flags") << 8 << QCborValue(-1);
    QTest::newRow("arguments that are no CBOR") << 9 << QCborValue(QByteArray("\xff"));
}

void tst_Envelopes::refuseWrongFields()
{
    QFETCH(int, key);
    QFETCH(QCborValue, value);
    QCborMap map = taskMap();
    map[key] = value;

    const auto read = decodeTask(map.toCborValue().toCbor());

    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::Protocol);
    QVERIFY(isRead(taskMap()));
}

static QByteArray nested(int depth)
{
    QCborValue value = 1;
    for (int i = 0; i < depth; ++i)
        value = QCborArray{value};
    return value.toCbor();
}

void tst_Envelopes::refuseDeepArguments()
{
    TaskEnvelope deep = someTask();
    deep.arguments = nested(maximumEnvelopeDepth + 1);
    TaskEnvelope shallow = someTask();
    shallow.arguments = nested(maximumEnvelopeDepth);

    QVERIFY(!decodeTask(encode(deep)));
    QVERIFY(decodeTask(encode(shallow)));
}

void tst_Envelopes::refuseLongArguments()
{
    TaskEnvelope task = someTask();
    task.arguments = QCborValue(QByteArray(maximumEnvelope - 5, 'x')).toCbor();
    const bool isAccepted = bool(decodeTask(encode(task)));
    task.arguments = QCborValue(QByteArray(maximumEnvelope, 'x')).toCbor();

    QVERIFY(isAccepted);
    QVERIFY(!decodeTask(encode(task)));
}

void tst_Envelopes::takeTaggedValues()
{
    const QCborValue tagged(QCborKnownTags::Url, u"https://example.org"_s);
    QCborMap newer = taskMap();
    newer[1000] = tagged;

    QVERIFY(isShallow(tagged.toCbor()));
    QVERIFY(isShallow(QCborArray{tagged, 1}.toCborValue().toCbor()));
    QVERIFY(!isShallow(tagged.toCbor() + '\0'));
    QVERIFY(isRead(newer));
}

/// Reads \a bytes as everything. What counts is that it ends, in good order.
static void readAll(const QByteArray &bytes)
{
    (void)decodeTask(bytes);
    (void)decodeEvents(bytes);
    (void)decodePresence(bytes);
    (void)decodeOrder(bytes);
    (void)decodeClockAnswer(bytes);
}

void tst_Envelopes::surviveDamage()
{
    const QList<QByteArray> whole{encode(someTask()), encode({someEvent(EventKind::Ended)}),
                                  encode(somePresence()), encode(someOrder()),
                                  encode(ClockAnswer{ClusterSession(3), 1, 2, 3})};
    std::mt19937_64 random(8);

    for (int round = 0; round < 20'000; ++round) {
        QByteArray damaged = whole[qsizetype(random() % quint64(whole.size()))];
        for (int i = 0; i <= round % 4; ++i)
            damaged[qsizetype(random() % quint64(damaged.size()))] = char(random());
        if (round % 3 == 0)
            damaged.truncate(qsizetype(random() % quint64(damaged.size())));
        readAll(damaged);
    }

    for (const QByteArray &bytes : whole) {
        for (qsizetype size = 0; size < bytes.size(); ++size) {
            QVERIFY(!decodeTask(bytes.left(size)));
            QVERIFY(!decodeEvents(bytes.left(size)));
            QVERIFY(!decodePresence(bytes.left(size)));
        }
    }
}

void tst_Envelopes::nameQueuesByBuild()
{
    const QString name = taskQueueName(u"org.fanfare.basics"_s, QByteArray(32, '\xab'));

    QCOMPARE(name, u"fanfare.v1.task.org.fanfare.basics.abababababababab"_s);
}

QTEST_GUILESS_MAIN(tst_Envelopes)
#include "tst_envelopes.moc"
