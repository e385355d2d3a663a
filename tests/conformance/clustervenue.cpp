// SPDX-License-Identifier: MIT
#include "clustervenue.h"

#include <fanfare/cluster/brokertransport.h>
#include <fanfare/cluster/clusterexecutor.h>

#include <support/agentprocess.h>
#include <support/rabbitbroker.h>

#include <csignal>

using namespace Qt::StringLiterals;

namespace Fanfare::Conformance {

namespace {

class ClusterVenue final : public Venue
{
public:
    Result<void> start();

    QString name() const override { return u"a cluster"_s; }
    bool isRemote() const override { return true; }
    std::unique_ptr<Executor> makeExecutor(int workers, Recorder &recorder) override;

private:
    void provideHost(int workers);

    Test::RabbitBroker m_broker;
    std::unique_ptr<Test::AgentProcess> m_host; // before its broker goes
};

} // namespace

Result<void> ClusterVenue::start()
{
    if (!hasBrokerTransport())
        return makeBrokerTransport().error();
    if (const QString missing = Test::RabbitBroker::whyMissing(); !missing.isEmpty())
        return Error{ErrorCode::Unsupported, missing};
    if (!m_broker.start())
        return Error{ErrorCode::Unreadable, m_broker.problem()};
    return {};
}

void ClusterVenue::provideHost(int workers)
{
    m_host.reset(); // it holds nothing: every scenario comes to rest
    m_host = std::make_unique<Test::AgentProcess>(
        m_broker,
        Test::AgentProcess::Settings{
            u"conformance"_s, {QStringLiteral(FANFARE_TEST_FIXTURE_DIR "/conformance")}, workers});
    if (!m_host->start())
        qFatal("The host of the cluster does not start: %s", m_host->said().constData());
}

std::unique_ptr<Executor> ClusterVenue::makeExecutor(int workers, Recorder &recorder)
{
    ClusterOptions options;
    options.address = *brokerAddress(m_broker.address(), {m_broker.passwordFile()});
    options.recorder = &recorder;
    auto executor = std::make_unique<ClusterExecutor>(options, *makeBrokerTransport());
    provideHost(workers);
    return executor;
}

Result<std::unique_ptr<Venue>> clusterVenue()
{
    auto venue = std::make_unique<ClusterVenue>();
    if (const auto started = venue->start(); !started)
        return started.error();
    return std::unique_ptr<Venue>(std::move(venue));
}

} // namespace Fanfare::Conformance
