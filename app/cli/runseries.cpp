// SPDX-License-Identifier: MIT
#include "cli/runseries.h"

#include "cli/scenariocommands.h"
#include "cli/session.h"

#include <unistd.h>

namespace Fanfare::Cli {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

RunSeries::RunSeries(SeriesPlan plan)
    : m_series(std::move(plan), &planOf)
    , m_terminal(STDERR_FILENO)
    , m_bar(m_terminal)
{
    m_showTimer.setInterval(100ms);
    connect(&m_showTimer, &QTimer::timeout, this, &RunSeries::show);
    connect(&m_series, &RoundSeries::roundEnded, this, &RunSeries::tellRound);
    connect(&m_series, &RoundSeries::finished, this, &RunSeries::finish);
}

void RunSeries::start()
{
    if (m_bar.isEnabled())
        m_showTimer.start();
    m_series.start();
}

void RunSeries::interrupt()
{
    m_series.cancel();
}

void RunSeries::show()
{
    const RoundProgress progress = m_series.progress();
    m_bar.draw({.finished = progress.finished,
                .expected = progress.expected,
                .running = progress.running,
                .unsuccessful = progress.unsuccessful,
                .elapsed = progress.elapsed});
}

void RunSeries::tellRound(const RoundEnd &end)
{
    m_bar.clear();
    if (!end.refusal.isEmpty()) {
        complain(end.refusal);
        m_isRefused = true;
    }
    for (const QString &sentence : {end.trouble, end.unkept}) {
        if (!sentence.isEmpty())
            complain(u"Round %1: %2"_s.arg(m_series.round() + 1).arg(sentence));
    }
    m_hasTrouble = m_hasTrouble || end.path.isEmpty() || end.wasCanceled || !end.trouble.isEmpty()
        || !end.unkept.isEmpty();
}

void RunSeries::finish()
{
    m_showTimer.stop();
    Q_EMIT finished(m_isRefused ? Usage : m_hasTrouble ? NotAllSucceeded : Succeeded);
}

} // namespace Fanfare::Cli
