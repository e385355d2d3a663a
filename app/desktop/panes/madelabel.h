// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/emissionrate.h"
#include "desktop/models/runmodel.h"

#include <QElapsedTimer>
#include <QLabel>
#include <QTimer>

namespace Fanfare {

/// How many emissions a second come from \a made, for the user: "48 of 50 made each second"; the
/// second number is missing when \a wanted is 0, as fast as possible.
QString madeText(double made, double wanted);

/// Tells how many emissions are really made a second, beside how many were asked for. Hidden while
/// none are.
class MadeLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit MadeLabel(RunModel &run, QWidget *parent = nullptr);

    /// Of all that is being emitted from now on; 0: no limit. A lower rate counts a second later,
    /// when nothing from before it is in what was made.
    void setWanted(double rate);

private:
    void measure();
    void refresh();

    RunModel &m_run;
    EmissionRate m_rate;
    QTimer m_timer;
    double m_wanted = 0;
    double m_wantedNext = 0;
    QElapsedTimer m_sinceNext; ///< valid while there is a lower one
};

} // namespace Fanfare
