// SPDX-License-Identifier: MIT
#pragma once

#include "openedrun.h"

#include <QWidget>

class QLabel;
class QSplitter;

namespace Fanfare {

class DetailsPane;
class MessageArea;
class RunEdits;
class RunFollower;
class TimelineWidget;

/// A run of a file: the same timeline, details and log as of the live one, and nothing that could
/// change it. One that is being recorded grows. What is wrong with its file stands above it.
///
/// Threads: [gui].
class RunView final : public QWidget
{
    Q_OBJECT

public:
    explicit RunView(OpenedRun run, QWidget *parent = nullptr);
    ~RunView() override;

    const OpenedRun &run() const { return m_run; }
    TimelineWidget &timeline() const { return *m_timeline; }
    bool revealTask(TaskId task); ///< selects it and goes there; false when the run has none such
    QString damageShown() const;  ///< the text of the bar, or empty

private:
    void keepEdits();
    void followRun();
    void showFacts();
    void createLayout();
    QWidget *createHeader();
    void showTask(std::optional<TaskId> task);
    void copyLink(TaskId task);

    OpenedRun m_run;
    MessageArea *m_messages;
    QLabel *m_facts;    ///< about the run, in one line
    QSplitter *m_panes; ///< all that reads the model
    TimelineWidget *m_timeline;
    DetailsPane *m_details;
    std::unique_ptr<RunFollower> m_follower; ///< null for a run that is over
    std::unique_ptr<RunEdits> m_edits;       ///< null for a file that is not ours
};

} // namespace Fanfare
