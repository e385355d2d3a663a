// SPDX-License-Identifier: MIT
#include "emitpane.h"

#include "argumentseditor.h"
#include "desktop/appearance.h"
#include "desktop/models/catalogview.h"

#include <QComboBox>
#include <QCompleter>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QThread>

namespace Fanfare {

using namespace Qt::StringLiterals;

EmitPane::EmitPane(RunModel &run, QWidget *parent)
    : QWidget(parent)
    , m_run(run)
    , m_event(new QComboBox(this))
    , m_summary(new QLabel(this))
    , m_arguments(new ArgumentsEditor(this))
    , m_count(new QSpinBox(this))
    , m_rate(new QDoubleSpinBox(this))
    , m_executor(new QComboBox(this))
    , m_workers(new QSpinBox(this))
    , m_calls(new QLabel(this))
    , m_problem(new QLabel(this))
    , m_emit(new QPushButton(symbolIcon(u"emit"_s), tr("Emit"), this))
{
    createInputs();
    createLayout();
    connect(m_event, &QComboBox::currentTextChanged, this, &EmitPane::refreshEvent);
    connect(m_arguments, &ArgumentsEditor::changed, this, &EmitPane::refresh);
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
    m_count->setRange(1, 10'000'000);
    m_count->setGroupSeparatorShown(true);
    m_count->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    m_count->setAccessibleName(tr("Number of emissions"));
    m_rate->setRange(0, 1'000'000);
    m_rate->setDecimals(1);
    m_rate->setSuffix(tr(" /s"));
    m_rate->setSpecialValueText(tr("as fast as possible"));
    m_rate->setAccessibleName(tr("Emissions per second"));
    m_executor->addItem(tr("Threads"), int(ExecutorKind::Threads));
    m_executor->addItem(tr("Processes"), int(ExecutorKind::Processes));
    m_executor->setAccessibleName(tr("Run on"));
    m_executor->setToolTip(tr("On threads a crash ends the engine; on processes it costs one task. "
                              "A change restarts the engine once it is idle."));
    m_workers->setRange(0, 256);
    m_workers->setKeyboardTracking(false); // 16 must not restart the engine for 1 first
    m_workers->setSpecialValueText(tr("one per core (%1)").arg(QThread::idealThreadCount()));
    m_workers->setAccessibleName(tr("Workers"));
    m_workers->setToolTip(tr("How many run handlers. A change restarts the engine once it is "
                             "idle."));
    m_emit->setToolTip(tr("Emit the event (Ctrl+Enter)"));
    m_emit->setMinimumHeight(32);
    m_emit->setDefault(true);
}

void EmitPane::createNumbers(QFormLayout &form)
{
    form.setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form.setVerticalSpacing(4);
    for (QWidget *input :
         std::initializer_list<QWidget *>{m_count, m_rate, m_executor, m_workers}) {
        input->setMinimumWidth(80);
        input->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }
    form.addRow(tr("Count"), m_count);
    form.addRow(tr("Rate"), m_rate);
    form.addRow(tr("Run on"), m_executor);
    form.addRow(tr("Workers"), m_workers);
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
    foot->setContentsMargins(10, 0, 10, 10);
    foot->addWidget(m_calls);
    foot->addWidget(m_problem);
    foot->addWidget(m_emit);
    auto layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(scroll, 1);
    layout->addLayout(foot);
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
}

QString EmitPane::event() const
{
    return m_event->currentText().trimmed();
}

void EmitPane::reloadEvents()
{
    const QStringList events = eventsOf(m_run.catalog());
    const QString before = event();
    {
        const QSignalBlocker quiet(m_event);
        m_event->clear();
        m_event->addItems(events);
        const QString first =
            events.contains(u"StringEvent"_s) ? u"StringEvent"_s : events.value(0);
        m_event->setCurrentText(before.isEmpty() ? first : before);
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
    return arguments ? QString() : arguments.error().message;
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
    Q_EMIT readyChanged(text.isEmpty());
}

void EmitPane::emitNow()
{
    const Result<Arguments> arguments = m_arguments->arguments();
    if (!arguments || !eventProblem().isEmpty())
        return;
    EmitCommand command{event(), {}, quint64(m_count->value()), m_rate->value()};
    if (!arguments->isEmpty())
        command.arguments.append(*arguments);
    Q_EMIT emitRequested(command);
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
