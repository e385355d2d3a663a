// SPDX-License-Identifier: MIT
#include "fanfare/runs/runside.h"

#include "fanfare/runs/runlock.h"
#include "fanfare/runs/scenario.h"

#include <algorithm>

namespace Fanfare {

static qint64 warmUpOf(const RunInfo &info)
{
    if (info.scenario.isEmpty())
        return 0;
    const Result<Scenario> scenario = parseScenario(info.scenario, {});
    return scenario ? scenario->warmUp.count() : 0;
}

Result<RunSide> RunSide::open(const QStringList &paths)
{
    RunSide side;
    for (const QString &path : paths) {
        Result<RunReader> reader = RunReader::open(path);
        if (!reader)
            return reader.error();
        Round round{.path = path};
        if (side.m_sampler)
            round.number = side.m_sampler->beginRound(reader->info().begin);
        else
            side.m_sampler.emplace(reader->info(), warmUpOf(reader->info()));
        reader->setWords(TraceWords::Crashes);
        round.reader.emplace(*std::move(reader));
        side.m_rounds.push_back(std::move(round));
    }
    return side;
}

/// Whoever records is asked first: what it wrote before it let go is read then.
bool RunSide::readRound(Round &round, const std::function<void(double)> &progress,
                        const std::stop_token &stop)
{
    const bool goesOn = isRecorded(round.path);
    bool isNew = !goesOn;
    TraceBatch batch;
    round.reader->lookAgain();
    while (!stop.stop_requested() && round.reader->read(batch)) {
        m_sampler->add(batch, round.reader->names(), round.number);
        isNew = true;
        batch = {};
        if (progress)
            progress(round.reader->progress());
    }
    if (goesOn || stop.stop_requested())
        return isNew;
    if (!round.reader->damage().isEmpty())
        m_damages.append(round.path + QStringLiteral(": ") + round.reader->damage());
    if (round.reader->index())
        m_sampler->addProcesses(round.reader->index()->processes);
    round.reader.reset();
    return isNew;
}

bool RunSide::read(const std::function<void(double)> &progress, std::stop_token stop)
{
    bool isNew = false;
    for (size_t i = 0; i < m_rounds.size(); ++i) {
        const auto ofAll = [&](double share) {
            progress((double(i) + share) / double(m_rounds.size()));
        };
        if (m_rounds[i].reader) {
            isNew |= readRound(m_rounds[i], progress ? ofAll : std::function<void(double)>(), stop);
        }
    }
    return isNew;
}

bool RunSide::goesOn() const
{
    return std::ranges::any_of(m_rounds, [](const Round &round) { return bool(round.reader); });
}

LoadedRun RunSide::loaded() const
{
    return {m_sampler ? m_sampler->samples() : RunSamples(), m_damages};
}

LoadedRun RunSide::finish()
{
    return {m_sampler ? m_sampler->finish() : RunSamples(), m_damages};
}

} // namespace Fanfare
