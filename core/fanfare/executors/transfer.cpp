// SPDX-License-Identifier: MIT
#include "fanfare/executors/transfer.h"

#include <fanfare/sdk/travelproblem.h>

namespace Fanfare {

using namespace Qt::StringLiterals;

void fillFields(Arguments &arguments, const Recipients &recipients)
{
    if (arguments.value && recipients.needFields)
        arguments.fields = arguments.value->fields();
}

static Error notTransferable(const QString &what, const QString &why)
{
    return {ErrorCode::NotTransferable,
            u"%1 cannot leave this process, because %2; change it, or emit it on an executor of "
            "threads."_s.arg(what, why)};
}

/// \a kind is the word for an entry of \a map.
static Result<void> checkEntries(const QCborMap &map, QStringView kind)
{
    for (const auto &[key, value] : map) {
        for (const QCborValue &part : {QCborValue(key), QCborValue(value)}) {
            const QString problem = Detail::travelProblem(part);
            if (!problem.isEmpty())
                return notTransferable(u"The %1 \"%2\""_s.arg(kind, key.toString()), problem);
        }
    }
    return {};
}

static Result<void> checkEvent(const Arguments &arguments)
{
    if (!arguments.value)
        return checkEntries(arguments.fields, u"field");
    const QString problem = arguments.value->transferProblem();
    if (problem.isEmpty())
        return {};
    return Error{ErrorCode::NotTransferable, problem};
}

Result<void> checkTransferable(const Arguments &arguments)
{
    for (qsizetype i = 0; i < arguments.positional.size(); ++i) {
        const QString problem = Detail::travelProblem(arguments.positional.at(i));
        if (!problem.isEmpty())
            return notTransferable(u"The argument %1"_s.arg(i + 1), problem);
    }
    if (const Result<void> named = checkEntries(arguments.named, u"argument"); !named)
        return named;
    return checkEvent(arguments);
}

} // namespace Fanfare
