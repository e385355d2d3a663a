// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/runs/backgroundjob.h"

#include <fanfare/base/result.h>

#include <QStackedWidget>
#include <QStringList>

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
    /// Both are run files, rounds of one configuration each; \a left is the baseline.
    ComparePage(QStringList left, QStringList right, QWidget *parent = nullptr);
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
    BackgroundJob m_job;
    CompareView *m_view = nullptr;
    LoadingPage *m_loading;
};

} // namespace Fanfare
