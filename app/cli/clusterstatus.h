// SPDX-License-Identifier: MIT
#pragma once

#include "cli/output.h"

#include <fanfare/cluster/brokeraddress.h>
#include <fanfare/cluster/clusterclock.h>
#include <fanfare/cluster/clustertransport.h>
#include <fanfare/cluster/hostpresence.h>
#include <fanfare/cluster/queuedepths.h>

#include <QTimer>

#include <map>
#include <memory>

namespace Fanfare::Cli {

/// A host that answered, and what its clock says.
struct ClusterHost
{
    HostPresence presence;
    ClusterClock clock;
};

/// What `fanfare-cli cluster status` tells.
struct ClusterPicture
{
    QString broker;  ///< its address, without a secret
    QString problem; ///< why it cannot be reached, in a sentence; else empty
    std::map<ClusterSession, ClusterHost> hosts;
    QList<QueueDepth> queues; ///< of all plugins that a host has
    quint64 dead = 0;         ///< tasks that the broker gave up and still has
};

void writePictureTable(const ClusterPicture &picture, Output &output);
void writePictureJson(const ClusterPicture &picture, Output &output); ///< one object, one line

/// Asks a broker and all hosts behind it how they are. Hosts have 700 ms to answer, and when none
/// does 2.5 s, as a host tells everybody of itself every two.
///
/// Threads: [owner], an event loop is needed.
class ClusterStatus final : public QObject
{
    Q_OBJECT

public:
    ClusterStatus(BrokerAddress address, std::unique_ptr<ClusterTransport> transport);

    void start(); ///< finished() follows
    const ClusterPicture &picture() const { return m_picture; }

Q_SIGNALS:
    void finished();

private:
    void follow(const BrokerStatus &status);
    void take(ClusterTransport::Message kind, const QByteArray &message);
    void ping();
    void conclude();

    const BrokerAddress m_address;
    const ClusterSession m_session;
    std::unique_ptr<ClusterTransport> m_transport;
    ClusterPicture m_picture;
    QTimer m_pings;
    QTimer m_end;
    bool m_hasWaited = false;
    bool m_isOver = false;
};

} // namespace Fanfare::Cli
