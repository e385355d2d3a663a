// SPDX-License-Identifier: MIT
#include "ruleeditor.h"

#include "desktop/appearance.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSpinBox>
#include <QToolButton>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr int largestNumber = 1'000'000'000;

RuleEditor::RuleEditor(QWidget *parent)
    : QWidget(parent)
    , m_header(new QToolButton(this))
    , m_body(new QWidget(this))
    , m_grid(new QGridLayout(m_body))
    , m_isEnabled(new QCheckBox(m_body))
    , m_isolation(new QComboBox(m_body))
    , m_deadline(createNumber(tr("none"), tr(" ms")))
    , m_concurrency(createNumber(tr("any number"), {}))
    , m_isIdempotent(new QCheckBox(m_body))
    , m_isBlocking(new QCheckBox(m_body))
    , m_memory(createNumber(tr("any amount"), tr(" MiB")))
    , m_crashText(new QLabel(m_body))
    , m_lift(new QPushButton(tr("Let it run again"), m_body))
    , m_resetAll(new QPushButton(tr("Reset all"), m_body))
{
    createHeader();
    createRows();
    createCrash();
    setUnfolded(false);
    setSubject({});
}

void RuleEditor::createHeader()
{
    auto layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_body);
    m_grid->setContentsMargins(8, 4, 8, 8);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(2, 1);
    m_header->setAutoRaise(true);
    m_header->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_header->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_header->setAccessibleName(tr("How it runs"));
    m_header->setCheckable(true);
    m_header->setToolTip(tr("Where and how long the handlers run, and who said so"));
    connect(m_header, &QToolButton::toggled, this, &RuleEditor::setUnfolded);
}

QSpinBox *RuleEditor::createNumber(const QString &none, const QString &suffix)
{
    auto box = new QSpinBox(m_body);
    box->setRange(0, largestNumber);
    box->setSpecialValueText(none);
    box->setSuffix(suffix);
    box->setKeyboardTracking(false);
    box->setGroupSeparatorShown(true);
    return box;
}

RuleEditor::Row RuleEditor::addRow(const QString &name, QWidget *editor, const QString &tip,
                                   const std::function<void(PolicyPart &)> &reset)
{
    const int row = m_grid->rowCount();
    Row added{new QLabel(name, m_body), editor, new QLabel(m_body), new QToolButton(m_body)};
    added.name->setBuddy(editor);
    added.name->setToolTip(tip);
    editor->setToolTip(tip);
    editor->setAccessibleName(name);
    setMuted(*added.source);
    added.reset->setAutoRaise(true);
    added.reset->setText(tr("Reset"));
    added.reset->setAccessibleName(tr("Reset %1").arg(name));
    connect(added.reset, &QToolButton::clicked, this, [this, reset] { decide(reset); });
    m_grid->addWidget(added.name, row, 0);
    m_grid->addWidget(editor, row, 1);
    m_grid->addWidget(added.source, row, 2);
    m_grid->addWidget(added.reset, row, 3);
    return added;
}

void RuleEditor::createRows()
{
    m_isolation->addItems({tr("threads or processes"), tr("processes only"), tr("threads only")});
    m_enabledRow = addRow(tr("Enabled"), m_isEnabled, tr("Whether its handlers run at all"),
                          [](PolicyPart &part) { part.isEnabled.reset(); });
    m_isolationRow = addRow(tr("Runs on"), m_isolation,
                            tr("Elsewhere its tasks end as Rejected, with a sentence"),
                            [](PolicyPart &part) { part.isolation.reset(); });
    m_deadlineRow = addRow(tr("Deadline"), m_deadline,
                           tr("After which a task is asked to stop, and then ended"),
                           [](PolicyPart &part) { part.deadlineMs.reset(); });
    m_concurrencyRow =
        addRow(tr("At once"), m_concurrency, tr("How many tasks of a handler run at the same time"),
               [](PolicyPart &part) { part.concurrency.reset(); });
    m_idempotentRow = addRow(tr("Idempotent"), m_isIdempotent,
                             tr("Running it twice does no harm: a task is tried again when its "
                                "worker dies"),
                             [](PolicyPart &part) { part.isIdempotent.reset(); });
    m_blockingRow = addRow(tr("Blocking"), m_isBlocking,
                           tr("It mostly waits: on threads it runs beside the workers and "
                              "occupies none of them"),
                           [](PolicyPart &part) { part.isBlocking.reset(); });
    m_memoryRow = addRow(tr("Memory"), m_memory,
                         tr("What a worker process may take up to while it runs; one that takes "
                            "more is ended"),
                         [](PolicyPart &part) { part.maxMemoryMb.reset(); });
    connectEditors();
}

void RuleEditor::connectEditors()
{
    connect(m_isEnabled, &QCheckBox::clicked, this, [this](bool isEnabled) {
        decide([=](PolicyPart &part) { part.isEnabled = isEnabled; });
    });
    connect(m_isolation, &QComboBox::activated, this, [this](int index) {
        decide([=](PolicyPart &part) { part.isolation = Isolation(index); });
    });
    connect(m_deadline, &QSpinBox::valueChanged, this,
            [this](int value) { decide([=](PolicyPart &part) { part.deadlineMs = value; }); });
    connect(m_concurrency, &QSpinBox::valueChanged, this,
            [this](int value) { decide([=](PolicyPart &part) { part.concurrency = value; }); });
    connect(m_isIdempotent, &QCheckBox::clicked, this, [this](bool isIdempotent) {
        decide([=](PolicyPart &part) { part.isIdempotent = isIdempotent; });
    });
    connect(m_isBlocking, &QCheckBox::clicked, this, [this](bool isBlocking) {
        decide([=](PolicyPart &part) { part.isBlocking = isBlocking; });
    });
    connect(m_memory, &QSpinBox::valueChanged, this,
            [this](int value) { decide([=](PolicyPart &part) { part.maxMemoryMb = value; }); });
}

void RuleEditor::createCrash()
{
    const int row = m_grid->rowCount();
    m_crashText->setWordWrap(true);
    m_crashText->setTextFormat(Qt::PlainText);
    m_grid->addWidget(m_crashText, row, 0, 1, 4);
    m_grid->addWidget(m_lift, row + 1, 0, 1, 2);
    m_grid->addWidget(m_resetAll, row + 1, 2, 1, 2, Qt::AlignRight);
    connect(m_lift, &QPushButton::clicked, this, [this] {
        if (m_subject && m_subject->crash)
            Q_EMIT liftWanted(m_subject->crash->hash, m_subject->crash->handler);
    });
    connect(m_resetAll, &QPushButton::clicked, this,
            [this] { decide([](PolicyPart &part) { part = {}; }); });
}

void RuleEditor::setUnfolded(bool isUnfolded)
{
    m_header->setChecked(isUnfolded);
    m_header->setArrowType(isUnfolded ? Qt::DownArrow : Qt::RightArrow);
    m_body->setVisible(isUnfolded);
    if (isUnfolded)
        Q_EMIT unfolded();
}

void RuleEditor::setSubject(const std::optional<RuleSubject> &subject)
{
    m_subject = subject;
    setVisible(bool(subject));
    if (subject)
        refresh();
}

/// Tells what the user decided; it is shown when the engine goes by it.
void RuleEditor::decide(const std::function<void(PolicyPart &)> &change)
{
    if (m_isRefreshing || !m_subject)
        return;
    PolicyPart part = m_subject->decided;
    change(part);
    if (part != m_subject->decided)
        Q_EMIT decided(m_subject->target, part, m_subject->decided);
}

void RuleEditor::refresh()
{
    const QScopedValueRollback refreshing(m_isRefreshing, true);
    m_header->setText(tr("How “%1” runs").arg(m_subject->title));
    refreshValues();
    refreshRows();
    refreshCrash();
    m_resetAll->setVisible(!m_subject->decided.isEmpty());
}

void RuleEditor::refreshValues()
{
    const HandlerPolicy &policy = m_subject->policy;
    m_isEnabled->setChecked(policy.isEnabled.value);
    m_isolation->setCurrentIndex(int(policy.isolation.value));
    m_deadline->setValue(int(policy.deadlineMs.value));
    m_concurrency->setValue(policy.concurrency.value);
    m_isIdempotent->setChecked(policy.isIdempotent.value);
    m_isBlocking->setChecked(policy.isBlocking.value);
    m_memory->setValue(int(policy.maxMemoryMb.value));
}

/// Of an event two rules count, and a coroutine is never a blocking handler.
void RuleEditor::refreshRows()
{
    const HandlerPolicy &policy = m_subject->policy;
    const PolicyPart &decided = m_subject->decided;
    const bool isEvent = m_subject->target.kind == PolicyTarget::Kind::Event;
    const auto show = [this](const Row &row, bool isShown, PolicySource source, bool isDecided) {
        for (QWidget *widget :
             {static_cast<QWidget *>(row.name), row.editor, static_cast<QWidget *>(row.source)})
            widget->setVisible(isShown);
        row.source->setText(sourceText(source));
        row.reset->setVisible(isShown && isDecided);
    };
    show(m_enabledRow, true, policy.isEnabled.source, bool(decided.isEnabled));
    show(m_deadlineRow, true, policy.deadlineMs.source, bool(decided.deadlineMs));
    show(m_isolationRow, !isEvent, policy.isolation.source, bool(decided.isolation));
    show(m_concurrencyRow, !isEvent, policy.concurrency.source, bool(decided.concurrency));
    show(m_idempotentRow, !isEvent, policy.isIdempotent.source, bool(decided.isIdempotent));
    show(m_blockingRow, !isEvent && !m_subject->isAsync, policy.isBlocking.source,
         bool(decided.isBlocking));
    show(m_memoryRow, !isEvent, policy.maxMemoryMb.source, bool(decided.maxMemoryMb));
}

QString RuleEditor::sourceText(PolicySource source) const
{
    const bool isHandler = m_subject->target.kind == PolicyTarget::Kind::Handler;
    switch (source) {
    case PolicySource::Default:
        return isHandler ? tr("default") : tr("as its handlers say");
    case PolicySource::Plugin:
        return tr("metadata");
    case PolicySource::ForPlugin:
        return isHandler ? tr("set for the plugin") : tr("set here");
    case PolicySource::ForHandler:
        break;
    }
    return tr("set here");
}

void RuleEditor::refreshCrash()
{
    const std::optional<CrashRecord> &crash = m_subject->crash;
    m_crashText->setVisible(bool(crash));
    m_lift->setVisible(crash && crash->isQuarantined());
    if (!crash)
        return;
    m_crashText->setText(crash->isQuarantined()
                             ? tr("Quarantined: it crashed %1 times in a row.").arg(crash->crashes)
                             : tr("Crashes in a row: %1. At %2 it is quarantined.")
                                   .arg(crash->crashes)
                                   .arg(crashesToQuarantine));
    m_crashText->setToolTip(crash->text);
}

} // namespace Fanfare
