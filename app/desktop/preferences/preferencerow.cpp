// SPDX-License-Identifier: MIT
#include "preferencerow.h"

#include "desktop/appearance.h"
#include "preferences.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

PreferenceRow::PreferenceRow(const Preference &preference, Preferences &preferences,
                             QWidget *parent)
    : QWidget(parent)
    , m_preference(preference)
    , m_preferences(preferences)
    , m_reset(new QToolButton(this))
{
    QWidget *input = createInput();
    input->setAccessibleName(preference.title);
    input->setAccessibleDescription(preference.summary);
    m_reset->setIcon(symbolIcon(u"undo"_s));
    m_reset->setAutoRaise(true);
    m_reset->setAccessibleName(tr("Reset %1").arg(preference.title));
    connect(m_reset, &QToolButton::clicked, this,
            [this] { m_preferences.reset(m_preference.key); });
    createLayout(*input);
    connect(&preferences, &Preferences::changed, this, [this](const QString &key) {
        if (key == m_preference.key)
            refresh();
    });
    refresh();
}

void PreferenceRow::createLayout(QWidget &input)
{
    auto title = new QLabel(m_preference.title, this);
    title->setBuddy(&input);
    auto summary = new QLabel(m_preference.summary, this);
    summary->setWordWrap(true);
    summary->setForegroundRole(QPalette::PlaceholderText);
    auto grid = new QGridLayout(this);
    grid->setContentsMargins(0, 4, 0, 8);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(0, 1);
    grid->addWidget(title, 0, 0);
    grid->addWidget(&input, 0, 1);
    grid->addWidget(m_reset, 0, 2);
    grid->addWidget(summary, 1, 0);
    if (m_problem)
        grid->addWidget(m_problem, 2, 0, 1, 3);
}

QWidget *PreferenceRow::createInput()
{
    switch (m_preference.kind) {
    case PreferenceKind::Choice:
        return createChoice();
    case PreferenceKind::Number:
        return createNumber();
    case PreferenceKind::Text:
        break;
    }
    return createText();
}

QWidget *PreferenceRow::createChoice()
{
    m_choice = new QComboBox(this);
    for (const PreferenceChoice &choice : m_preference.choices)
        m_choice->addItem(choice.text, choice.value);
    m_choice->setMinimumWidth(180);
    connect(m_choice, &QComboBox::activated, this, [this](int index) {
        (void)m_preferences.set(m_preference.key, m_choice->itemData(index)); // it is of the list
    });
    return m_choice;
}

QWidget *PreferenceRow::createNumber()
{
    m_number = new QDoubleSpinBox(this);
    m_number->setDecimals(0);
    m_number->setGroupSeparatorShown(true);
    m_number->setKeyboardTracking(false); // half a number is none
    m_number->setRange(double(m_preference.least / m_preference.scale),
                       double(m_preference.most / m_preference.scale));
    m_number->setSuffix(m_preference.unit);
    m_number->setSpecialValueText(m_preference.leastText);
    m_number->setMinimumWidth(180);
    connect(m_number, &QDoubleSpinBox::valueChanged, this, [this](double number) {
        (void)m_preferences.set(m_preference.key, qint64(number) * m_preference.scale);
    });
    return m_number;
}

QWidget *PreferenceRow::createText()
{
    m_text = new QLineEdit(this);
    m_text->setPlaceholderText(m_preference.example);
    m_text->setMinimumWidth(240);
    m_problem = new QLabel(this);
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->hide();
    connect(m_text, &QLineEdit::textEdited, this, [this](const QString &text) {
        m_problem->setText(m_preference.problem(text.trimmed()));
        m_problem->setVisible(!m_problem->text().isEmpty());
        QPalette colors = palette();
        colors.setColor(QPalette::WindowText, accentColor(Accent::Bad, colors));
        m_problem->setPalette(colors);
    });
    connect(m_text, &QLineEdit::editingFinished, this, &PreferenceRow::takeText);
    return m_text;
}

/// What cannot be stays to be corrected, and what was set before holds.
void PreferenceRow::takeText()
{
    if (m_preferences.set(m_preference.key, m_text->text()))
        refresh();
}

void PreferenceRow::refresh()
{
    const QVariant value = m_preferences.value(m_preference.key);
    if (m_choice) {
        m_choice->setCurrentIndex(m_choice->findData(value));
    } else if (m_text) {
        m_text->setText(value.toString());
        m_problem->hide();
    } else {
        const QSignalBlocker silence(m_number);
        m_number->setValue(double(value.toLongLong() / m_preference.scale));
    }
    const bool isStandard = m_preferences.isStandard(m_preference.key);
    m_reset->setEnabled(!isStandard);
    m_reset->setToolTip(isStandard ? tr("This is the standard already.")
                                   : tr("Back to the standard"));
}

bool PreferenceRow::matches(const QString &search) const
{
    QStringList said{m_preference.key,     m_preference.group,     m_preference.title,
                     m_preference.summary, m_preference.leastText, m_preference.example};
    for (const PreferenceChoice &choice : m_preference.choices)
        said << choice.value << choice.text;
    const QString all = said.join(u'\n');
    const QStringList words = search.split(u' ', Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(), [&](const QString &word) {
        return all.contains(word, Qt::CaseInsensitive);
    });
}

} // namespace Fanfare
