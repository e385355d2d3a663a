// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/runsamples.h>

#include <random>

namespace Fanfare {

/// How the tasks of a made-up run behave; times are means in nanoseconds.
struct SampleRun
{
    QString executor = QStringLiteral("threads");
    int workers = 2;
    int rounds = 3;
    int tasks = 200; ///< of each round
    double queued = 1e6;
    double travel = 0; ///< there and back, each
    double run = 1e6;
    double cpuShare = 1; ///< of run
    int crashed = 0;     ///< of the tasks of each round
    double jitter = 0.05;
    QString handler = QStringLiteral("work");
};

inline RunNames namesOf(const SampleRun &run)
{
    return {.handlers = {{SubscriberId(1),
                          QStringLiteral("org.example"),
                          QStringLiteral("1.0"),
                          {},
                          run.handler}},
            .events = {{1, QStringLiteral("Work")}}};
}

inline RunSamples sampled(const SampleRun &run, quint64 seed)
{
    std::mt19937_64 random(seed);
    std::normal_distribution<double> about(1, run.jitter);
    const auto vary = [&](double mean) { return qint64(mean * std::max(0.1, about(random))); };
    RunSampler sampler({.executor = run.executor, .workers = run.workers});
    for (int round = 0; round < run.rounds; ++round) {
        sampler.beginRound(0);
        TraceBatch batch;
        qint64 now = 1'000'000'000;
        for (int i = 0; i < run.tasks; ++i) {
            SpanRecord span;
            span.task = {EmissionId(quint64(i) + 1), 0};
            span.subscriber = SubscriberId(1);
            span.event = 1;
            span.queued = now;
            span.sentBefore = quint32(vary(run.travel));
            span.started = now + vary(run.queued) + span.sentBefore;
            span.finished = span.started + vary(run.run);
            span.repliedAfter = quint32(vary(run.travel));
            span.cpu = qint64(double(span.finished - span.started) * run.cpuShare);
            if (i < run.crashed) {
                span.outcome = Outcome::Crashed;
                batch.details.push_back({.task = span.task, .crash = {{0, 0}}});
            }
            now += vary((run.run + 2 * run.travel) / run.workers);
            batch.spans.push_back(span);
        }
        sampler.add(batch, namesOf(run));
    }
    return sampler.finish();
}

} // namespace Fanfare
