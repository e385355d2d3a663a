// SPDX-License-Identifier: MIT
#include "objectinput.h"

#include "desktop/appearance.h"

#include <QCborMap>
#include <QFormLayout>
#include <QLabel>
#include <QPainter>

namespace Fanfare {

static constexpr int indent = 10; ///< pixels

ObjectInput::ObjectInput(const FieldFact &fact, QWidget *parent)
    : ValueInput(fact, parent)
{
    auto form = new QFormLayout(this);
    form->setContentsMargins(indent, 0, 0, 0);
    form->setVerticalSpacing(4);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (const FieldFact &field : fact.fields) {
        ValueInput *input = makeValueInput(field, this);
        connect(input, &ValueInput::changed, this, &ObjectInput::changed);
        addField(*form, field, input, input->isWide());
        m_inputs.append(input);
    }
    if (!m_inputs.isEmpty())
        setFocusProxy(m_inputs.first());
}

Result<QCborValue> ObjectInput::read(const QString &path) const
{
    QCborMap fields;
    for (const ValueInput *input : m_inputs) {
        const QString name = input->fact().name;
        const Result<QCborValue> value = input->read(path + u'.' + name);
        if (!value)
            return value;
        if (!value->isUndefined())
            fields.insert(name, *value);
    }
    return QCborValue(fields);
}

void ObjectInput::write(const QCborValue &value)
{
    const QCborMap fields = value.toMap();
    for (ValueInput *input : m_inputs) {
        const QCborValue field = fields.value(input->fact().name);
        if (!field.isUndefined())
            input->write(field);
    }
}

void ObjectInput::paintEvent(QPaintEvent *)
{
    const QColor line = blended(palette().window().color(), palette().windowText().color(), 0.25);
    QPainter(this).fillRect(QRect(0, 0, 2, height()), line);
}

void addField(QFormLayout &form, const FieldFact &field, QWidget *editor, bool isWide)
{
    auto label = new QLabel(field.name, form.parentWidget());
    label->setTextFormat(Qt::PlainText);
    label->setToolTip(field.summary);
    label->setBuddy(editor);
    if (isWide) {
        form.addRow(label);
        form.addRow(editor);
    } else {
        form.addRow(label, editor);
    }
}

} // namespace Fanfare
