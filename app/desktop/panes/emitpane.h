// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/runmodel.h"

#include <fanfare/engine/engineoptions.h>

#include <QWidget>

class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QSpinBox;
class QToolButton;
class QVBoxLayout;

namespace Fanfare {

class AmountInput;
class MadeLabel;
class ArgumentsEditor;

/// Where an emission is composed: event, arguments, how often, how fast, on which workers, and how
/// long each task may take. It says before the click which handlers are called, or why nothing can
/// be emitted.
class EmitPane final : public QWidget
{
    Q_OBJECT

public:
    explicit EmitPane(RunModel &run, QWidget *parent = nullptr);

    void chooseEvent(const QString &event);
    void setCommand(const EmitCommand &command); ///< to be changed and emitted; its first arguments
    void setWorkers(int workers);                ///< 0: one per core; says nothing
    void setExecutor(ExecutorKind executor);     ///< says nothing
    void setWantedRate(double rate); ///< of all that is being emitted; 0: as fast as possible
    void emitNow();                  ///< what the button does; nothing while the input is wrong

    EmitCommand command() const; ///< as it would be emitted; makes sense without a problem()
    QString problem() const;     ///< the sentence that says what is wrong; empty when nothing is

Q_SIGNALS:
    void emitRequested(const Fanfare::EmitCommand &command);
    void repeatRequested(const Fanfare::EmitCommand &command); ///< until it is stopped
    void favoriteWanted(const Fanfare::EmitCommand &command);
    void shellCommandWanted(const Fanfare::EmitCommand &command); ///< on the clipboard
    void stopWanted();
    void workersChosen(int workers);
    void executorChosen(Fanfare::ExecutorKind executor);
    void readyChanged(bool ready); ///< whether emitNow() would do something

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void createInputs();
    void createLayout();
    void createNumbers(QFormLayout &form);
    void createFoot(QVBoxLayout &foot);
    QToolButton *addButton(const QString &icon, const QString &text);
    void updateEvents(const QStringList &events);
    void reloadEvents();
    void refreshEvent();
    void refresh();
    QString eventProblem() const;
    QString event() const;

    RunModel &m_run;
    QComboBox *m_event;
    QLabel *m_summary;
    ArgumentsEditor *m_arguments;
    AmountInput *m_amount;
    MadeLabel *m_made;
    QComboBox *m_executor;
    QSpinBox *m_workers;
    QSpinBox *m_deadline; ///< ms; 0: that of event and handler
    QLabel *m_calls;
    QLabel *m_problem;
    QPushButton *m_emit;
};

} // namespace Fanfare
