// SPDX-License-Identifier: MIT
#include "emitpane.h"

#include "amountinput.h"
#include "argumentseditor.h"
#include "argumentsjson.h"
#include "desktop/appearance.h"
#include "desktop/models/catalogview.h"
#include "madelabel.h"

#include <fanfare/cluster/brokertransport.h>

#include <QComboBox>
#include <QCompleter>
#include <QFormLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QThread>
#include <QToolButton>

namespace Fanfare {

using namespace Qt::StringLiterals;

/// As many as fanfare-cli takes: in a shell it is Ctrl+C that stops.
static constexpr quint64 untilInterrupted = 1'000'000'000'000;

EmitPane::EmitPane(RunModel &run, QWidget *parent)
    : QWidget(parent)
    , m_run(run)
    , m_event(new QComboBox(this))
    , m_summary(new QLabel(this))
    , m_arguments(new ArgumentsEditor(this))
    , m_amount(new AmountInput(this))
    , m_made(new MadeLabel(run, this))
    , m_executor(new QComboBox(this))
    , m_workers(new QSpinBox(this))
    , m_deadline(new QSpinBox(this))
    , m_calls(new QLabel(this))
    , m_problem(new QLabel(this))
    , m_emit(new QPushButton(symbolIcon(u"emit"_s), tr("Emit"), this))
{
    createInputs();
    createLayout();
    connect(m_event, &QComboBox::currentTextChanged, this, &EmitPane::refreshEvent);
    connect(m_arguments, &ArgumentsEditor::changed, this, &EmitPane::refresh);
    connect(m_amount, &AmountInput::changed, this, &EmitPane::refresh);
    connect(m_workers, &QSpinBox::valueChanged, this, &EmitPane::workersChosen);
    connect(m_executor, &QComboBox::activated, this,
            [this] { Q_EMIT executorChosen(ExecutorKind(m_executor->currentData().toInt())); });
    connect(m_emit, &QPushButton::clicked, this, &EmitPane::emitNow);
    connect(&m_run, &RunModel::catalogChanged, this, &EmitPane::reloadEvents);
    reloadEvents();
}

void EmitPane::createInputs()
{
    m_event->setEditable(true);
    m_event->setInsertPolicy(QComboBox::NoInsert);
    m_event->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_event->setMinimumContentsLength(12);
    m_event->setAccessibleName(tr("Event"));
    m_event->lineEdit()->setPlaceholderText(tr("Name of an event"));
    m_event->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_event->completer()->setFilterMode(Qt::MatchContains);
    m_event->installEventFilter(this);
    m_executor->addItem(tr("Threads"), int(ExecutorKind::Threads));
    m_executor->addItem(tr("Processes"), int(ExecutorKind::Processes));
    if (hasBrokerTransport())
        m_executor->addItem(tr("Cluster"), int(ExecutorKind::Cluster));
    m_executor->setAccessibleName(tr("Run on"));
    const QString elsewhere = hasBrokerTransport()
        ? tr("A cluster runs them on other hosts, through a message broker.")
        : tr("This build reaches no other hosts: it was made without RabbitMQ.");
    m_executor->setToolTip(tr("On threads a crash ends the engine; on processes it costs one task. "
                              "%1 A change restarts the engine once it is idle.")
                               .arg(elsewhere));
    m_workers->setRange(0, 256);
    m_workers->setKeyboardTracking(false); // 16 must not restart the engine for 1 first
    m_workers->setSpecialValueText(tr("one per core (%1)").arg(QThread::idealThreadCount()));
    m_workers->setAccessibleName(tr("Workers"));
    m_workers->setToolTip(tr("How many run handlers. A change restarts the engine once it is "
                             "idle."));
    m_deadline->setRange(0, int(EmitCommand::maximumDeadline.count()));
    m_deadline->setSpecialValueText(tr("as the handlers have it"));
    m_deadline->setSuffix(tr(" ms"));
    m_deadline->setGroupSeparatorShown(true);
    m_deadline->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    m_deadline->setAccessibleName(tr("Deadline"));
    m_deadline->setToolTip(tr("A task that is not over so long after its start is stopped, "
                              "whatever its handler has as deadline."));
    m_emit->setToolTip(tr("Emit the event (Ctrl+Enter)"));
    m_emit->setMinimumHeight(32);
    m_emit->setDefault(true);
}

void EmitPane::createNumbers(QFormLayout &form)
{
    form.setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form.setVerticalSpacing(4);
    for (QWidget *input : std::initializer_list<QWidget *>{m_executor, m_workers, m_deadline}) {
        input->setMinimumWidth(80);
        input->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }
    form.addRow(m_amount);
    form.addRow(m_made);
    form.addRow(tr("Run on"), m_executor);
    form.addRow(tr("Workers"), m_workers);
    form.addRow(tr("Deadline"), m_deadline);
}

void EmitPane::createLayout()
{
    for (QLabel *label : {m_summary, m_calls, m_problem}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    setMuted(*m_summary);
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto content = new QWidget(this);
    auto column = new QVBoxLayout(content);
    column->setContentsMargins(10, 8, 10, 4);
    column->setSpacing(6);
    column->addWidget(m_event);
    column->addWidget(m_summary);
    column->addWidget(m_arguments);
    auto numbers = new QFormLayout;
    createNumbers(*numbers);
    column->addLayout(numbers);
    column->addStretch();
    auto scroll = new QScrollArea(this);
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto foot = new QVBoxLayout;
    createFoot(*foot);
    auto layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(scroll, 1);
    layout->addLayout(foot);
}

QToolButton *EmitPane::addButton(const QString &icon, const QString &text)
{
    auto button = new QToolButton(this);
    button->setIcon(symbolIcon(icon));
    button->setToolTip(text);
    button->setAccessibleName(text);
    button->setFixedSize(32, 32);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

void EmitPane::createFoot(QVBoxLayout &foot)
{
    QToolButton *stop = addButton(u"stop"_s, tr("Stop emitting and cancel what is queued (Esc)"));
    QToolButton *favorite = addButton(u"favorite"_s, tr("Make this emission a favorite"));
    QToolButton *copy = addButton(u"copy"_s, tr("Copy this emission as a shell command"));
    connect(stop, &QToolButton::clicked, this, &EmitPane::stopWanted);
    connect(favorite, &QToolButton::clicked, this, [this] {
        if (problem().isEmpty())
            Q_EMIT favoriteWanted(command());
    });
    connect(copy, &QToolButton::clicked, this, [this] {
        EmitCommand forShell = command();
        if (m_amount->kind() == AmountInput::Kind::UntilStopped)
            forShell.count = untilInterrupted;
        if (problem().isEmpty())
            Q_EMIT shellCommandWanted(forShell);
    });
    auto buttons = new QHBoxLayout;
    buttons->setSpacing(4);
    buttons->addWidget(m_emit, 1);
    for (QToolButton *button : {stop, favorite, copy})
        buttons->addWidget(button);
    foot.setContentsMargins(10, 0, 10, 10);
    foot.addWidget(m_calls);
    foot.addWidget(m_problem);
    foot.addLayout(buttons);
}

void EmitPane::chooseEvent(const QString &event)
{
    m_event->setCurrentText(event);
}

void EmitPane::setWorkers(int workers)
{
    const QSignalBlocker quiet(m_workers);
    m_workers->setValue(workers);
}

void EmitPane::setExecutor(ExecutorKind executor)
{
    m_executor->setCurrentIndex(m_executor->findData(int(executor)));
    m_workers->setEnabled(executor != ExecutorKind::Cluster); // its hosts say how many
}

void EmitPane::setWantedRate(double rate)
{
    m_made->setWanted(rate);
}

QString EmitPane::event() const
{
    return m_event->currentText().trimmed();
}

void EmitPane::setCommand(const EmitCommand &command)
{
    chooseEvent(command.event);
    m_amount->setCount(command.count, command.rate);
    m_deadline->setValue(int(command.deadline.count()));
    const Arguments arguments = command.arguments.value(0);
    if (!arguments.fields.isEmpty())
        m_arguments->setJson(readableJson(arguments.fields));
    else if (!arguments.positional.isEmpty())
        m_arguments->setJson(readableJson(arguments.positional));
    else if (!arguments.named.isEmpty())
        m_arguments->setJson(readableJson(arguments.named));
}

/// Takes away what is gone and puts in what is new: the list may be open, and what is chosen in it
/// stays.
void EmitPane::updateEvents(const QStringList &events)
{
    for (int row = m_event->count() - 1; row >= 0; --row) {
        if (!events.contains(m_event->itemText(row)))
            m_event->removeItem(row);
    }
    for (int row = 0; row < int(events.size()); ++row) {
        if (m_event->itemText(row) != events[row])
            m_event->insertItem(row, events[row]);
    }
}

void EmitPane::reloadEvents()
{
    const QStringList events = eventsOf(m_run.catalog());
    const QString before = m_event->currentText();
    {
        const QSignalBlocker quiet(m_event);
        updateEvents(events);
        const QString first =
            events.contains(u"StringEvent"_s) ? u"StringEvent"_s : events.value(0);
        const QString wanted = before.isEmpty() ? first : before;
        if (m_event->currentText() != wanted)
            m_event->setCurrentText(wanted);
    }
    refreshEvent();
}

void EmitPane::refreshEvent()
{
    const EventFact *fact = findEvent(m_run.catalog(), event());
    m_summary->setText(fact ? fact->summary : QString());
    m_summary->setVisible(!m_summary->text().isEmpty());
    m_arguments->setEvent(fact);
    refresh();
}

QString EmitPane::eventProblem() const
{
    if (eventsOf(m_run.catalog()).isEmpty())
        return tr("No event is known yet: no plugin is active.");
    if (event().isEmpty())
        return tr("Choose an event.");
    if (handlersOf(m_run.catalog(), event()).isEmpty()) {
        return tr("No handler reacts to “%1”. Choose an event of the list, or install a plugin "
                  "that handles it.")
            .arg(event());
    }
    return {};
}

QString EmitPane::problem() const
{
    if (const QString text = eventProblem(); !text.isEmpty())
        return text;
    const Result<Arguments> arguments = m_arguments->arguments();
    return arguments ? m_amount->problem() : arguments.error().message;
}

void EmitPane::refresh()
{
    const QString text = problem();
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, accentColor(Accent::Bad, colors));
    m_problem->setPalette(colors);
    const QString names = handlerNames(m_run.catalog(), event());
    m_calls->setText(tr("Will call: %1").arg(names));
    m_calls->setVisible(!names.isEmpty());
    m_emit->setEnabled(text.isEmpty());
    const bool isEndless = m_amount->kind() == AmountInput::Kind::UntilStopped;
    m_emit->setText(isEndless ? tr("Emit until stopped") : tr("Emit"));
    Q_EMIT readyChanged(text.isEmpty());
}

EmitCommand EmitPane::command() const
{
    EmitCommand command{.event = event(),
                        .count = m_amount->count(),
                        .rate = m_amount->rate(),
                        .deadline = std::chrono::milliseconds(m_deadline->value())};
    const Result<Arguments> arguments = m_arguments->arguments();
    if (arguments && !arguments->isEmpty())
        command.arguments.append(*arguments);
    return command;
}

void EmitPane::emitNow()
{
    if (!problem().isEmpty())
        return;
    if (m_amount->kind() == AmountInput::Kind::UntilStopped)
        Q_EMIT repeatRequested(command());
    else
        Q_EMIT emitRequested(command());
}

void EmitPane::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT stopWanted();
    else
        QWidget::keyPressEvent(event);
}

void EmitPane::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        refresh(); // the problem has a color of its own
    QWidget::changeEvent(event);
}

/// Return in the line of the event emits, as it does in every other field of a form.
bool EmitPane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_event && event->type() == QEvent::KeyPress) {
        const auto key = static_cast<QKeyEvent *>(event)->key();
        if ((key == Qt::Key_Return || key == Qt::Key_Enter) && m_emit->isEnabled()) {
            emitNow();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace Fanfare
