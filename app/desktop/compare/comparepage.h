// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/runs/backgroundjob.h"

#include <fanfare/base/result.h>
#include <fanfare/library/libraryentry.h>

#include <QStackedWidget>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <memory>

namespace Fanfare {

class CompareView;
class LoadingPage;
class RunComparer;
struct ComparedRuns;

/// A tab with a comparison: it is computed beside the window, with progress, and then shown. While
/// a run of it goes on it is computed again, twice a second at most.
///
/// Threads: [gui].
class ComparePage final : public QStackedWidget
{
    Q_OBJECT

public:
    /// Gives the list of kept runs as it is now.
    using Library = std::function<std::vector<LibraryEntry>()>;

    /// Each of \a sides, of which there are two at least, are run files, rounds of one
    /// configuration; the first is the baseline and compared with the second, until the user
    /// chooses others. \a library is asked for a history once the comparison is there; it may be
    /// empty.
    explicit ComparePage(QList<QStringList> sides, Library library = {}, QWidget *parent = nullptr);
    ~ComparePage() override;

    CompareView *view() const { return m_view; } ///< null while it is computed, or failed
    const QList<QStringList> &sides() const { return m_sides; }
    void choose(size_t left, size_t right); ///< of sides(), to be compared now
    void add(const QStringList &files);     ///< each a side, the first compared with the baseline
    QString problem() const;                ///< empty, or why there is nothing to show

    /// Writes a report of all sides, each compared with the baseline of now; told() says what came
    /// of it. The format is that of the ending of \a path.
    void writeReport(const QString &path);

Q_SIGNALS:
    void compared(); ///< view() is there, and shows what is known now
    void closeWanted();
    void openWanted(const QStringList &paths);
    void told(const QString &sentence);

private:
    static constexpr std::chrono::milliseconds pause{500}; ///< between two comparisons

    void start();
    void compare();
    void present(const std::shared_ptr<const ComparedRuns> &compared);
    void take(const Result<std::shared_ptr<const ComparedRuns>> &compared);

    QList<QStringList> m_sides;
    size_t m_left = 0;
    size_t m_right = 1;
    const Library m_library;
    std::shared_ptr<RunComparer> m_comparer; ///< of m_job while that is running
    BackgroundJob m_job;
    BackgroundJob m_report; ///< reads the sides that are not shown
    QTimer m_again;
    CompareView *m_view = nullptr;
    LoadingPage *m_loading;
};

} // namespace Fanfare
