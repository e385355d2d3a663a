// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/runs/backgroundjob.h"
#include "runhistory.h"

#include <QWidget>

class QComboBox;

namespace Fanfare {

class HistoryChart;

/// The history of a scenario, and what of it is shown: the whole time of its runs, or how long the
/// tasks of a handler took. For those the runs are read, beside the window, when they are first
/// asked for.
///
/// Threads: [gui].
class HistoryCard final : public QWidget
{
    Q_OBJECT

public:
    explicit HistoryCard(QWidget *parent = nullptr);

    /// \a handlers are those that can be chosen.
    void setPoints(const std::vector<HistoryPoint> &points,
                   const std::vector<HandlerKey> &handlers);
    HistoryQuantity quantity() const;
    HistoryChart &chart() const { return *m_chart; }

Q_SIGNALS:
    void openWanted(const QString &path);

private:
    void refresh();
    void show();
    void readMissing();

    std::vector<HistoryPoint> m_points;
    std::vector<HandlerKey> m_handlers; ///< by index of the choice, minus one
    std::map<QString, RunPercentiles> m_percentiles;
    QStringList m_asked; ///< files that were read, whatever came of it
    BackgroundJob m_job;
    QComboBox *m_handler;
    QComboBox *m_kind;
    HistoryChart *m_chart;
};

} // namespace Fanfare
