// SPDX-License-Identifier: MIT
#include "choiceinputs.h"

#include <QCborArray>
#include <QCheckBox>
#include <QComboBox>
#include <QVBoxLayout>

namespace Fanfare {

// --- CheckInput

CheckInput::CheckInput(const FieldFact &fact, QWidget *parent)
    : ValueInput(fact, parent)
    , m_box(new QCheckBox(this))
{
    connect(m_box, &QCheckBox::toggled, this, &CheckInput::changed);
    place(m_box);
}

Result<QCborValue> CheckInput::read(const QString &) const
{
    return QCborValue(m_box->isChecked());
}

void CheckInput::write(const QCborValue &value)
{
    m_box->setChecked(value.toBool());
}

// --- ChoiceInput

ChoiceInput::ChoiceInput(const FieldFact &fact, QWidget *parent)
    : ValueInput(fact, parent)
    , m_box(new QComboBox(this))
{
    m_box->addItems(fact.values);
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_box->setMinimumContentsLength(8);
    m_box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(m_box, &QComboBox::currentIndexChanged, this, &ChoiceInput::changed);
    place(m_box);
}

Result<QCborValue> ChoiceInput::read(const QString &) const
{
    return QCborValue(m_box->currentText());
}

void ChoiceInput::write(const QCborValue &value)
{
    m_box->setCurrentText(value.toString());
}

// --- FlagsInput

FlagsInput::FlagsInput(const FieldFact &fact, QWidget *parent)
    : ValueInput(fact, parent)
{
    auto group = new QWidget(this);
    auto column = new QVBoxLayout(group);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    for (const QString &name : fact.values) {
        auto box = new QCheckBox(name, group);
        connect(box, &QCheckBox::toggled, this, &FlagsInput::changed);
        column->addWidget(box);
        m_boxes.append(box);
    }
    place(group);
    setFocusProxy(m_boxes.value(0));
}

Result<QCborValue> FlagsInput::read(const QString &) const
{
    QCborArray names;
    for (const QCheckBox *box : m_boxes) {
        if (box->isChecked())
            names.append(box->text());
    }
    return QCborValue(names);
}

void FlagsInput::write(const QCborValue &value)
{
    const QCborArray names = value.toArray();
    for (QCheckBox *box : m_boxes)
        box->setChecked(names.contains(box->text()));
}

} // namespace Fanfare
