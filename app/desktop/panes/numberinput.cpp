// SPDX-License-Identifier: MIT
#include "numberinput.h"

#include "numberbox.h"

namespace Fanfare {

using namespace Qt::StringLiterals;

NumberInput::NumberInput(const FieldFact &fact, QWidget *parent)
    : ValueInput(fact, parent)
    , m_box(new NumberBox(fact, this))
{
    m_box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(m_box, &NumberBox::changed, this, &NumberInput::changed);
    place(m_box);
}

Result<QCborValue> NumberInput::read(const QString &path) const
{
    const QCborValue value = m_box->value();
    if (!value.isUndefined())
        return value;
    return inputError(
        path, fact().type == "int"_L1 ? tr("write a whole number.") : tr("write a number."));
}

void NumberInput::write(const QCborValue &value)
{
    m_box->setValue(value);
}

} // namespace Fanfare
