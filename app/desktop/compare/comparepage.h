// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/runs/backgroundjob.h"

#include <fanfare/base/result.h>
#include <fanfare/library/libraryentry.h>

#include <QStackedWidget>
#include <QStringList>

#include <functional>
#include <memory>

namespace Fanfare {

class CompareView;
class LoadingPage;
struct ComparedRuns;

/// A tab with a comparison: it is computed beside the window, with progress, and then shown.
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
    void compared(); ///< view() is there
    void closeWanted();
    void openWanted(const QStringList &paths);
    void told(const QString &sentence);

private:
    void start();
    void take(const Result<std::shared_ptr<const ComparedRuns>> &compared);

    QStringList m_left;
    QStringList m_right;
    const Library m_library;
    BackgroundJob m_job;
    CompareView *m_view = nullptr;
    LoadingPage *m_loading;
};

} // namespace Fanfare
