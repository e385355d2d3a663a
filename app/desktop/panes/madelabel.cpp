// SPDX-License-Identifier: MIT
#include "madelabel.h"

#include "desktop/appearance.h"

#include <fanfare/base/clock.h>

#include <QLocale>

#include <cmath>

namespace Fanfare {

using namespace std::chrono_literals;

/// Of what was asked for; less is worth a color.
static constexpr double enough = 0.95;

static QString rateText(double rate)
{
    const bool isWhole = std::round(rate) == rate;
    return QLocale().toString(rate, 'f', rate < 10 && !isWhole ? 1 : 0);
}

QString madeText(double made, double wanted)
{
    if (wanted <= 0)
        return MadeLabel::tr("%1 made each second").arg(rateText(made));
    return MadeLabel::tr("%1 of %2 made each second").arg(rateText(made), rateText(wanted));
}

MadeLabel::MadeLabel(RunModel &run, QWidget *parent)
    : QLabel(parent)
    , m_run(run)
{
    setToolTip(tr("Emissions that were made in the last second, and how many were asked for. They "
                  "are fewer when the queue is full and emissions wait for room, or when the "
                  "engine has no time."));
    m_timer.setInterval(250ms);
    connect(&m_timer, &QTimer::timeout, this, &MadeLabel::measure);
    connect(&m_run, &RunModel::changed, &m_timer, [this] {
        if (!m_timer.isActive())
            m_timer.start();
    });
    measure();
}

void MadeLabel::setWanted(double rate)
{
    const bool isLower = m_wanted <= 0 ? rate > 0 : rate > 0 && rate < m_wanted;
    const bool isEmitting = m_rate.perSecond().has_value();
    m_wantedNext = rate;
    if (isLower && isEmitting)
        return m_sinceNext.start();
    m_wanted = rate;
    m_sinceNext.invalidate();
}

/// Until it has nothing more to say: an idle window does nothing.
void MadeLabel::measure()
{
    const bool wasShown = m_rate.perSecond().has_value();
    const quint64 before = m_rate.last();
    m_rate.sample(MonotonicClock::now(), m_run.totals().emissions);
    if (m_sinceNext.isValid() && m_sinceNext.hasExpired(1'250)) { // a second and a sample
        m_wanted = m_wantedNext;
        m_sinceNext.invalidate();
    }
    if (!wasShown && !m_rate.perSecond() && m_rate.last() == before)
        m_timer.stop();
    refresh();
}

void MadeLabel::refresh()
{
    const std::optional<double> made = m_rate.perSecond();
    setVisible(made.has_value());
    if (!made)
        return;
    setText(madeText(*made, m_wanted));
    QPalette colors = parentWidget() ? parentWidget()->palette() : palette();
    const bool isBehind = m_wanted > 0 && *made < enough * m_wanted;
    colors.setColor(QPalette::WindowText,
                    accentColor(isBehind ? Accent::Caution : Accent::Neutral, colors));
    setPalette(colors);
}

} // namespace Fanfare
