// SPDX-License-Identifier: MIT
#include "valueinput.h"

#include "choiceinputs.h"
#include "listinput.h"
#include "momentinput.h"
#include "numberinput.h"
#include "objectinput.h"
#include "textinputs.h"

#include <QHBoxLayout>

namespace Fanfare {

using namespace Qt::StringLiterals;

ValueInput::ValueInput(const FieldFact &fact, QWidget *parent)
    : QWidget(parent)
    , m_fact(fact)
{
}

void ValueInput::place(QWidget *input)
{
    if (!layout()) {
        auto row = new QHBoxLayout(this);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(4);
    }
    layout()->addWidget(input);
    if (focusProxy())
        return;
    input->setAccessibleName(m_fact.name);
    input->setAccessibleDescription(m_fact.summary);
    input->setToolTip(m_fact.summary);
    setFocusProxy(input);
}

static ValueInput *newInput(const FieldFact &fact, QWidget *parent)
{
    if (fact.type == "int"_L1 || fact.type == "double"_L1)
        return new NumberInput(fact, parent);
    if (fact.type == "bool"_L1)
        return new CheckInput(fact, parent);
    if (fact.type == "enum"_L1)
        return new ChoiceInput(fact, parent);
    if (fact.type == "flags"_L1)
        return new FlagsInput(fact, parent);
    if (fact.type == "path"_L1)
        return new PathInput(fact, parent);
    if (fact.type == "json"_L1)
        return new JsonInput(fact, parent);
    if (MomentInput::canEdit(fact))
        return new MomentInput(fact, parent);
    if (fact.type == "list"_L1 && !fact.items.isEmpty())
        return new ListInput(fact, parent);
    if (fact.type == "object"_L1)
        return new ObjectInput(fact, parent);
    if (fact.type == "opaque"_L1)
        return new OpaqueNote(fact, parent);
    return new TextInput(fact, parent);
}

ValueInput *makeValueInput(const FieldFact &fact, QWidget *parent)
{
    ValueInput *input = newInput(fact, parent);
    input->write(fact.defaultValue);
    return input;
}

Error inputError(const QString &path, const QString &sentence)
{
    return {ErrorCode::InvalidArgument, ValueInput::tr("The field “%1”: %2").arg(path, sentence)};
}

} // namespace Fanfare
