// SPDX-License-Identifier: MIT
#include "tasktexts.h"

#include "argumentsjson.h"
#include "outcomelook.h"

#include <QCborMap>

namespace Fanfare {

using namespace Qt::StringLiterals;

QString errorText(const TaskView &task)
{
    const TaskError &error = task.detail.error;
    if (task.state != TaskState::Ended)
        return {};
    if (error.type.isEmpty() && error.what.isEmpty())
        return outcomeSentence(task.outcome);
    if (error.type.isEmpty() || error.what.isEmpty())
        return error.type + error.what;
    return error.what + u"\n\n"_s + error.type;
}

QCborValue resultOf(const TaskView &task)
{
    const QCborValue &result = task.detail.result;
    return result.isNull() || result.isInvalid() ? QCborValue() : result;
}

static QString textOf(const QCborValue &value)
{
    return value.isUndefined() ? QString() : readableJson(value);
}

QString resultText(const TaskView &task)
{
    return textOf(resultOf(task));
}

QString argumentsText(const TaskView &task)
{
    return textOf(argumentsOf(task));
}

QCborValue argumentsOf(const TaskView &task)
{
    if (!task.arguments || task.arguments->isEmpty())
        return {};
    const Arguments &arguments = *task.arguments;
    if (arguments.positional.isEmpty() && arguments.named.isEmpty())
        return arguments.fields;
    if (arguments.named.isEmpty() && arguments.fields.isEmpty())
        return arguments.positional;
    return QCborMap{{u"args"_s, arguments.positional},
                    {u"named"_s, arguments.named},
                    {u"fields"_s, arguments.fields}};
}

} // namespace Fanfare
