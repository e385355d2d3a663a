// SPDX-License-Identifier: MIT
#pragma once

#include "comparedruns.h"
#include "comparetheme.h"
#include "runhistory.h"

#include <QWidget>

#include <array>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QSortFilterProxyModel;
class QTableView;
class QVBoxLayout;

namespace Fanfare {

class ComparedTimelines;
class CpuChart;
class HandlerDifferenceModel;
class DistributionChart;
class HistoryCard;
class PhaseChart;
class QuantileChart;
class RowTable;
class StructureList;
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
    /// In the format of the ending of \a path, as ReportFormat has them.
    Result<void> writeReport(const QString &path) const;
    Result<void> writePicture(const QString &path); ///< of all there is, the timelines included
    ComparedTimelines &timelines() const { return *m_timelines; }
    void showHandler(int row); ///< of the comparison

Q_SIGNALS:
    void swapWanted();
    void sidesWanted(size_t left, size_t right); ///< of ComparedRuns::sides
    void addWanted(const QStringList &files);    ///< to the sides
    void openWanted(const QStringList &paths);
    void reportWanted(const QString &path); ///< of more sides than these two
    void told(const QString &sentence);     ///< an export went wrong, or where it is

private:
    QWidget *createHeader();
    void addButtons(QHBoxLayout &row);
    void createContent();
    void showAll(const std::vector<LibraryEntry> &library);
    void showSides();
    QComboBox *createSideChoice(Side side);
    void chooseAdded();
    void selectHandler(int row); ///< of the comparison
    void fitTable();
    void addCharts(QVBoxLayout &column);
    void addHandlers(QVBoxLayout &column);
    void addTables(QVBoxLayout &column);
    void addStructure(QVBoxLayout &column);
    void showStructure();
    void connectRanges();
    void filterByTime(double from, double to);       ///< both timelines, nanoseconds
    void filterByPercentile(double from, double to); ///< each by its own times, 1 to 99
    void clearRanges();                              ///< and the filter with them
    void setFilters(const QString &ofA, const QString &ofB);
    void showCalls(const HandlerKey &handler); ///< in both timelines
    void showEmission(EmissionId inA, EmissionId inB);
    void choosePage();
    void choosePicture();
    void report(const Result<void> &written, const QString &path);

    std::shared_ptr<const ComparedRuns> m_compared;
    QWidget *m_sidesBox = nullptr; ///< what both sides are
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
    RowTable *m_usage = nullptr;
    StructureList *m_structure = nullptr;
    QLabel *m_structureTitle = nullptr;
    HistoryCard *m_history = nullptr;
    int m_shown = -1; ///< row of the handler whose times are shown
    QTableView *m_table = nullptr;
    DistributionChart *m_distribution = nullptr;
    QuantileChart *m_quantiles = nullptr;
};

} // namespace Fanfare
