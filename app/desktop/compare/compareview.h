// SPDX-License-Identifier: MIT
#pragma once

#include "comparedruns.h"
#include "runhistory.h"

#include <QWidget>

class QHBoxLayout;
class QTableView;
class QVBoxLayout;

namespace Fanfare {

class ComparedTimelines;
class HandlerDifferenceModel;
class HistogramChart;
class QuantileChart;

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
    void createContent(const std::vector<HistoryPoint> &history);
    void addCharts(QVBoxLayout &column);
    void addHandlers(QVBoxLayout &column);
    void addTables(QVBoxLayout &column);
    void choosePage();
    void choosePicture();
    void report(const Result<void> &written, const QString &path);

    const std::shared_ptr<const ComparedRuns> m_compared;
    QWidget *m_content;
    HandlerDifferenceModel *m_handlers;
    ComparedTimelines *m_timelines;
    QTableView *m_table = nullptr;
    HistogramChart *m_histogram = nullptr;
    QuantileChart *m_quantiles = nullptr;
};

} // namespace Fanfare
