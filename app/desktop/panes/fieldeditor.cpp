// SPDX-License-Identifier: MIT
#include "fieldeditor.h"

#include "argumentsjson.h"

#include <QVBoxLayout>

namespace Fanfare {

FieldEditor::FieldEditor(const FieldFact &field, QWidget *parent)
    : QWidget(parent)
    , m_input(makeValueInput(field, this))
{
    auto layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_input);
    setFocusProxy(m_input->focusProxy());
    connect(m_input, &ValueInput::changed, this, &FieldEditor::changed);
}

Result<QCborValue> FieldEditor::value() const
{
    const Result<QCborValue> typed = m_input->read(field().name);
    if (!typed || typed->isUndefined())
        return typed;
    return checkedValue(field(), *typed);
}

void FieldEditor::setValue(const QCborValue &value)
{
    m_input->write(value);
}

} // namespace Fanfare
