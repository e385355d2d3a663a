// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/fieldtext.h>

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>
#include <QString>

namespace Fanfare::Detail {

/// Why \a value would not arrive at another process as it is, as the end of a sentence; empty when
/// it would. \a depth is how many lists and maps are around it.
inline QString travelProblem(const QCborValue &value, int depth = 0)
{
    static constexpr int deepest = 500; // readers of CBOR stop at 1024, with our own maps around
    if (value.isString() && !isPlainText(value.toString()))
        return QStringLiteral("it holds text that is no valid Unicode or begins with U+FEFF");
    if (value.isInvalid())
        return QStringLiteral("it holds an invalid QCborValue");
    if (depth > deepest)
        return QStringLiteral("its lists and maps are nested more than 500 deep");
    if (value.isTag())
        return travelProblem(value.taggedValue(), depth + 1);
    if (value.isArray()) {
        for (const QCborValue item : value.toArray()) {
            if (const QString problem = travelProblem(item, depth + 1); !problem.isEmpty())
                return problem;
        }
    }
    if (value.isMap()) {
        for (const auto &[key, item] : value.toMap()) {
            for (const QCborValue &part : {QCborValue(key), QCborValue(item)}) {
                if (const QString problem = travelProblem(part, depth + 1); !problem.isEmpty())
                    return problem;
            }
        }
    }
    return {};
}

} // namespace Fanfare::Detail
