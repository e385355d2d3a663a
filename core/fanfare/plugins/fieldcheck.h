// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/plugins/catalogfact.h>

#include <QCborMap>

#include <optional>

namespace Fanfare {

/// What is wrong with a value that was given for a field of a typed event. Who tells the user finds
/// the words.
struct FieldProblem
{
    enum class Kind : quint8 {
        UnknownField, ///< \c known is what there is
        WrongType,
        NotAmongValues, ///< of an enum or flags field
        TooSmall,
        TooLarge,
    };

    Kind kind = Kind::WrongType;
    QString path;                ///< "lines[2].price"
    FieldFact field = {};        ///< what was asked for; empty for UnknownField
    QCborValue value = {};       ///< what was given
    QList<FieldFact> known = {}; ///< the fields where the unknown one stands
};

/// Makes \a values what the handlers of an event with \a fields accept (2.0 becomes 2 in an int
/// field), or says what the first problem is. Missing fields keep their defaults. [any]
std::optional<FieldProblem> fitFields(const QList<FieldFact> &fields, QCborMap &values);

/// The same for one value.
std::optional<FieldProblem> fitField(const FieldFact &field, QCborValue &value);

/// "int", "list of text".
QString fieldTypeText(const FieldFact &field);

} // namespace Fanfare
