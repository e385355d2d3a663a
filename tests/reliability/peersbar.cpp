// SPDX-License-Identifier: MIT
// The same chaos on the process pools of Python, side by side.
#include "bar.h"
#include "chaosrun.h"

#include <QJsonDocument>
#include <QProcess>

using namespace Fanfare;
using namespace Qt::StringLiterals;

static constexpr quint64 defaultTasks = 2'000;
static constexpr int killPause = 20; // ms

static QString rowOf(const QJsonObject &peer)
{
    return u"%1 succeeded, %2 failed, %3 lost after %4 kills"_s.arg(
        peer[u"succeeded"_s].toVariant().toString(), peer[u"failed"_s].toVariant().toString(),
        peer[u"lost"_s].toVariant().toString(), peer[u"kills"_s].toVariant().toString());
}

BarResult runPeers(const BarOptions &options)
{
    ChaosPlan plan;
    plan.tasks = options.schedules.value_or(defaultTasks);
    plan.killPause = std::chrono::milliseconds(killPause);
    const ChaosResult own = runChaos(plan);
    const quint64 succeeded = own.count(Outcome::Succeeded);
    BarResult bar{{{u"fanfare"_s,
                    rowOf({{u"succeeded"_s, qint64(succeeded)},
                           {u"failed"_s, qint64(own.recorded - succeeded)},
                           {u"lost"_s, qint64(own.lost)},
                           {u"kills"_s, qint64(own.kills)}})}},
                  own.problem(plan.tasks, 1)};
    QProcess python;
    python.setProcessChannelMode(QProcess::SeparateChannels);
    python.start(u"python3"_s,
                 {QStringLiteral(FANFARE_TEST_SOURCE_DIR "/reliability/peers.py"),
                  QString::number(plan.tasks), QString::number(killPause)});
    if (!python.waitForFinished(300'000) || python.exitCode() != 0) {
        bar.problem = u"python3 cannot run the peers; install it."_s;
        return bar;
    }
    for (const QByteArray &line : python.readAllStandardOutput().split('\n')) {
        const QJsonObject peer = QJsonDocument::fromJson(line).object();
        if (!peer.isEmpty())
            bar.figures[peer[u"pool"_s].toString()] = rowOf(peer);
    }
    return bar;
}
