// SPDX-License-Identifier: MIT
#pragma once

#include "backgroundjob.h"

#include <fanfare/base/result.h>

#include <QStackedWidget>

namespace Fanfare {

class LoadingPage;
class RunView;
struct OpenedRun;

/// A tab with a run of a file: it is read beside the window, with progress, and then shown.
///
/// Threads: [gui].
class RunPage final : public QStackedWidget
{
    Q_OBJECT

public:
    explicit RunPage(QString path, QWidget *parent = nullptr);
    ~RunPage() override;

    QString path() const { return m_path; }
    RunView *view() const { return m_view; } ///< null while it is read, and when that failed
    QString problem() const;                 ///< empty, or why it cannot be shown

Q_SIGNALS:
    void opened();                        ///< view() is there
    void failed(const QString &sentence); ///< and the page says it, too
    void closeWanted();                   ///< the user canceled, or has read why it failed

private:
    void take(Result<OpenedRun> run);

    const QString m_path;
    BackgroundJob m_job;
    RunView *m_view = nullptr;
    LoadingPage *m_loading;
};

} // namespace Fanfare
