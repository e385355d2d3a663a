// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/taskview.h"

#include <QWidget>

class QFormLayout;
class QLabel;

namespace Fanfare {

class PhaseBar;

/// The phases of one task as a bar and a table, and who ran it where.
class TaskFacts final : public QWidget
{
    Q_OBJECT

public:
    explicit TaskFacts(QWidget *parent = nullptr);

    void setTask(const TaskView &task);
    QStringList lines() const; ///< "Queued: 1.000 ms", one for each fact that is shown

private:
    QLabel *addFact(const QString &name);
    void setPhases(const TaskView &task);
    void setCosts(const TaskView &task);
    void setOrigin(const TaskView &task);

    QFormLayout *m_form;
    PhaseBar *m_phases;
    QLabel *m_queued;
    QLabel *m_sent;
    QLabel *m_running;
    QLabel *m_reply;
    QLabel *m_cpu;
    QLabel *m_memory;
    QLabel *m_event;
    QLabel *m_emission;
    QLabel *m_plugin;
    QLabel *m_worker;
    QLabel *m_attempt;
};

} // namespace Fanfare
