// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace Fanfare {

class BackgroundJob;

/// What a tab shows while its content is being read or computed, and when that failed.
class LoadingPage final : public QWidget
{
    Q_OBJECT

public:
    /// \a title is a whole sentence; the progress is that of \a job.
    LoadingPage(const QString &title, const BackgroundJob &job, QWidget *parent = nullptr);

    void showProblem(const QString &sentence); ///< instead of the progress

    QString problem() const; ///< empty while there is none

Q_SIGNALS:
    void canceled();

private:
    void showProgress(double share);

    QLabel *m_title;
    QProgressBar *m_bar;
    QPushButton *m_cancel;
    QString m_problem;
};

} // namespace Fanfare
