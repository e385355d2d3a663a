// SPDX-License-Identifier: MIT
#pragma once

#include "comparedruns.h"
#include "runhistory.h"

#include <QWidget>

#include <array>

class QHBoxLayout;
class QLabel;
class QSortFilterProxyModel;
class QTableView;
class QVBoxLayout;

namespace Fanfare {

class ComparedTimelines;
class CpuChart;
class HandlerDifferenceModel;
class HistogramChart;
class HistoryChart;
class PhaseChart;
class QuantileChart;
class RowTable;
class VerdictCard;

/// A comparison to be read from top to bottom: the verdict, what came out, where the time goes,
/// and each handler with the spread of its times. Choosing a handler shows its charts.
///
/// Threads: [gui].
class CompareView final : public QWidget
{
    Q_OBJECT

public:
    /// \a library is the list of kept runs, for a history; it may be empty.
    CompareView(std::shared_ptr<const ComparedRuns> compared,
                const std::vector<LibraryEntry> &library, QWidget *parent = nullptr);

    /// Shows how the same runs compare by now. What the user has chosen and scrolled to stays.
    void setCompared(std::shared_ptr<const ComparedRuns> compared,
                     const std::vector<LibraryEntry> &library);

    const ComparedRuns &compared() const { return *m_compared; }
    QWidget &content() const { return *m_content; } ///< all of it, also what is scrolled away
    ComparedTimelines &timelines() const { return *m_timelines; }
    void showHandler(int row); ///< of the comparison

Q_SIGNALS:
    void swapWanted();
    void openWanted(const QStringList &paths);
    void told(const QString &sentence); ///< an export went wrong, or where it is

private:
    QWidget *createHeader();
    void addButtons(QHBoxLayout &row);
    void createContent();
    void showAll(const std::vector<LibraryEntry> &library);
    void showSides();
    void selectHandler(int row); ///< of the comparison
    void fitTable();
    void addCharts(QVBoxLayout &column);
    void addHandlers(QVBoxLayout &column);
    void addTables(QVBoxLayout &column);
    void choosePage();
    void choosePicture();
    void report(const Result<void> &written, const QString &path);

    std::shared_ptr<const ComparedRuns> m_compared;
    QWidget *m_content;
    HandlerDifferenceModel *m_handlers;
    QSortFilterProxyModel *m_sorted;
    ComparedTimelines *m_timelines;
    std::array<QLabel *, 2> m_sides{}; ///< by Side
    VerdictCard *m_verdict = nullptr;
    PhaseChart *m_phases = nullptr;
    CpuChart *m_cpu = nullptr;
    RowTable *m_outcomes = nullptr;
    RowTable *m_environment = nullptr;
    HistoryChart *m_history = nullptr;
    int m_shown = -1; ///< row of the handler whose times are shown
    QTableView *m_table = nullptr;
    HistogramChart *m_histogram = nullptr;
    QuantileChart *m_quantiles = nullptr;
};

} // namespace Fanfare
