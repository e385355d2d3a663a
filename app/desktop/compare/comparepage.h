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

    /// Both are run files, rounds of one configuration each; \a left is the baseline. \a library is
    /// asked for a history once the comparison is there; it may be empty.
    ComparePage(QStringList left, QStringList right, Library library = {},
                QWidget *parent = nullptr);
    ~ComparePage() override;

    CompareView *view() const { return m_view; } ///< null while it is computed, or failed
    QString problem() const;                     ///< empty, or why there is nothing to show

Q_SIGNALS:
    void compared(); ///< view() is there, and shows what is known now
    void closeWanted();
    void openWanted(const QStringList &paths);
    void told(const QString &sentence);

private:
    static constexpr std::chrono::milliseconds pause{500}; ///< between two comparisons

    void start();
    void compare();
    void show(const std::shared_ptr<const ComparedRuns> &compared);
    void take(const Result<std::shared_ptr<const ComparedRuns>> &compared);

    QStringList m_left;
    QStringList m_right;
    const Library m_library;
    std::shared_ptr<RunComparer> m_comparer; ///< of m_job while that is running
    BackgroundJob m_job;
    QTimer m_again;
    CompareView *m_view = nullptr;
    LoadingPage *m_loading;
};

} // namespace Fanfare
