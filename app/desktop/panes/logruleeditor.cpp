// SPDX-License-Identifier: MIT
#include "logruleeditor.h"

#include "desktop/appearance.h"
#include "logrulerow.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace Fanfare {

LogRuleEditor::LogRuleEditor(const QList<LogRule> &rules, QWidget *parent)
    : QDialog(parent)
    , m_list(new QVBoxLayout)
    , m_hint(new QLabel(this))
    , m_problem(new QLabel(this))
    , m_add(new QPushButton(tr("Add a rule"), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Highlight log lines"));
    createLayout();
    for (const LogRule &rule : rules)
        addRow(rule);
    if (m_rows.isEmpty())
        addRow({});
    m_rows.constFirst()->setFocus();
    renumber();
}

void LogRuleEditor::createLayout()
{
    auto layout = new QVBoxLayout(this);
    m_hint->setText(tr("Lines that a rule applies to get its color. Of several rules the first "
                       "counts."));
    m_hint->setWordWrap(true);
    setMuted(*m_hint);
    layout->addWidget(m_hint);
    m_list->setSpacing(4);
    layout->addLayout(m_list);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, accentColor(Accent::Bad, colors));
    m_problem->setPalette(colors);
    layout->addWidget(m_problem);
    layout->addStretch();
    auto buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_add->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false); // Enter ends a text, not all
    buttons->addButton(m_add, QDialogButtonBox::ActionRole);
    connect(m_add, &QPushButton::clicked, this, &LogRuleEditor::addRule);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    layout->addWidget(buttons);
}

LogRuleRow *LogRuleEditor::addRow(const LogRule &rule)
{
    auto row = new LogRuleRow(rule, this);
    connect(row, &LogRuleRow::changed, this, &LogRuleEditor::tell);
    connect(row, &LogRuleRow::removeWanted, this, [this, row] { remove(row); });
    connect(row, &LogRuleRow::upWanted, this, [this, row] { moveUp(row); });
    m_rows.append(row);
    m_list->addWidget(row);
    return row;
}

/// In a color that no rule has yet.
void LogRuleEditor::addRule()
{
    LogRule rule;
    rule.tint = Tint(m_rows.size() % tintCount);
    LogRuleRow *row = addRow(rule);
    renumber();
    row->setFocus();
}

void LogRuleEditor::remove(LogRuleRow *row)
{
    m_rows.removeOne(row);
    row->hide();
    row->deleteLater();
    renumber();
    (m_rows.isEmpty() ? static_cast<QWidget *>(m_add) : m_rows.constLast())->setFocus();
}

void LogRuleEditor::moveUp(LogRuleRow *row)
{
    const qsizetype place = m_rows.indexOf(row);
    if (place < 1)
        return;
    m_rows.move(place, place - 1);
    m_list->removeWidget(row);
    m_list->insertWidget(int(place) - 1, row);
    renumber();
}

void LogRuleEditor::renumber()
{
    for (qsizetype i = 0; i < m_rows.size(); ++i)
        m_rows[i]->setNumber(int(i) + 1);
    orderFocus();
    m_add->setEnabled(m_rows.size() < LogRules::maximumCount);
    tell();
}

/// Row by row, then the buttons, whatever came first.
void LogRuleEditor::orderFocus()
{
    QWidget *before = nullptr;
    const auto append = [&before](QWidget *widget) {
        if (before)
            setTabOrder(before, widget);
        before = widget;
    };
    for (const LogRuleRow *row : std::as_const(m_rows)) {
        for (QWidget *input : row->inputs())
            append(input);
    }
    append(m_add);
}

QString LogRuleEditor::problem() const
{
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        if (const QString sentence = m_rows[i]->problem(); !sentence.isEmpty())
            return tr("Rule %1: %2").arg(i + 1).arg(sentence);
    }
    return {};
}

void LogRuleEditor::tell()
{
    const QString sentence = problem();
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
    Q_EMIT changed(rules());
}

QList<LogRule> LogRuleEditor::rules() const
{
    QList<LogRule> rules;
    for (const LogRuleRow *row : m_rows) {
        if (!row->rule().isEmpty())
            rules.append(row->rule());
    }
    return rules;
}

} // namespace Fanfare
