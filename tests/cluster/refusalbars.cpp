// SPDX-License-Identifier: MIT
// Bars about what is refused, and with what sentence.
#include "bar.h"

#include <fanfare/base/clock.h>
#include <fanfare/cluster/taskenvelope.h>

#include <QRandomGenerator>

using namespace Fanfare;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A task for a broker that does not let us in ends as Rejected, with its reason.
static BarResult runRefused(ClusterGround &ground, const QString &reason,
                            const std::function<void(BrokerAddress &)> &spoil)
{
    BarResult result;
    ClusterOptions options;
    options.address = *brokerAddress(ground.broker().address(), {ground.broker().passwordFile()});
    spoil(options.address);
    ClusterRig rig(options, *makeBrokerTransport());
    rig.on(u"echo"_s);
    const qint64 begin = MonotonicClock::now();

    const Emission emission = rig.emitOne(u"echo"_s, {1});
    result.expect(emission.waitForFinished(30s), u"It waits for ever."_s);

    const TaskStatus status = emission.tasks().front();
    result.figures = {{u"knownAfterMs"_s, millisecondsSince(begin)},
                      {u"reason"_s, status.reason},
                      {u"sentence"_s, status.error.what}};
    result.expect(status.outcome == Outcome::Rejected && status.reason == reason,
                  u"The reason is not %1."_s.arg(reason));
    result.expect(!options.address.password.isEmpty()
                      && !status.error.what.contains(options.address.password),
                  u"The secret is told."_s);
    return result;
}

BarResult runWrongPassword(ClusterGround &ground)
{
    return runRefused(ground, u"refused-login"_s,
                      [](BrokerAddress &address) { address.password = u"an old one"_s; });
}

BarResult runWrongVirtualHost(ClusterGround &ground)
{
    return runRefused(ground, u"refused-vhost"_s,
                      [](BrokerAddress &address) { address.virtualHost = u"elsewhere"_s; });
}

/// A message that no host can read goes to the list of dead ones, and the host goes on.
BarResult runOldProtocol(ClusterGround &ground)
{
    BarResult result;
    auto rig = ground.app();
    auto agent = ground.agent(u"a"_s);
    rig->on(u"echo"_s);
    result.expect(rig->emitOne(u"echo"_s, {1}).waitForFinished(30s), u"Nothing runs."_s);
    auto other = *makeBrokerTransport();
    ClusterEndpoint endpoint;
    endpoint.address = *brokerAddress(ground.broker().address(), {ground.broker().passwordFile()});
    endpoint.session = ClusterSession(QRandomGenerator::global()->generate64() | 1);
    const QByteArray old = QCborMap{{0, 0}, {1, u"a task of before"_s}}.toCborValue().toCbor();
    bool isConnected = false;
    QString reason;
    QObject::connect(
        other.get(), &ClusterTransport::statusChanged, other.get(),
        [&](const BrokerStatus &status) { isConnected = status.state == BrokerState::Connected; });
    QObject::connect(other.get(), &ClusterTransport::taskDied, other.get(),
                     [&](const QByteArray &body, const QString &why) {
                         if (body == old)
                             reason = why;
                     });
    other->open(endpoint);
    result.expect(comesTrue([&] { return isConnected; }), u"The other app is not connected."_s);

    const qint64 begin = MonotonicClock::now();
    other->publishTask(
        1, taskQueueName(u"org.fanfare.test.paces"_s, fileHash(ClusterRig::plugin())), old, 0ms);
    result.expect(comesTrue([&] { return !reason.isEmpty(); }), u"It is not among the dead."_s);
    result.figures = {{u"knownAfterMs"_s, millisecondsSince(begin)}, {u"reason"_s, reason}};

    result.expect(reason == u"rejected", u"The reason is not rejected."_s);
    const Emission after = rig->emitOne(u"echo"_s, {2});
    result.expect(after.waitForFinished(30s) && after.tasks().front().outcome == Outcome::Succeeded,
                  u"The host does not go on."_s);
    return result;
}

/// No host has this build: the task waits as long as it may, and no other build runs it.
BarResult runMissingPlugin(ClusterGround &ground)
{
    BarResult result;
    ClusterOptions options;
    options.startWithin = 1000ms;
    auto rig = ground.app(options);
    auto agent = ground.agent(u"a"_s);
    result.expect(knowsHosts(*rig, 1), u"The host is not known."_s);
    SubscriberOptions subscriber;
    subscriber.handler.run = [](Context &) -> QCborValue { return {}; };
    subscriber.handler.identity = {u"org.fanfare.test.paces"_s, u"echo"_s, ClusterRig::plugin(),
                                   QByteArray(32, 'n')}; // a build of its own
    (void)*rig->linker.subscribe({Event(u"other"_s)}, std::move(subscriber));
    const qint64 begin = MonotonicClock::now();

    const Emission emission = rig->emitOne(u"other"_s, {1});
    result.expect(emission.waitForFinished(30s), u"It waits for ever."_s);

    const TaskStatus status = emission.tasks().front();
    result.figures = {{u"knownAfterMs"_s, millisecondsSince(begin)},
                      {u"outcome"_s, outcomeName(status.outcome)},
                      {u"reason"_s, status.reason},
                      {u"sentence"_s, status.error.what}};
    result.expect(status.outcome == Outcome::Rejected, u"It did not end as Rejected."_s);
    result.expect(status.error.what.contains(u"org.fanfare.test.paces"_s)
                      || status.error.what.contains(u"host"_s),
                  u"The sentence does not say what is missing."_s);
    return result;
}
