// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/parameterkind.h>

#include <stdexcept>

namespace Fanfare::Detail {

[[noreturn]] inline void refuse(const QString &sentence)
{
    throw std::invalid_argument(sentence.toStdString());
}

/// "1 field", "2 fields".
inline QString counted(size_t count, const QString &noun)
{
    return QString::number(count) + QLatin1Char(' ') + noun
        + (count == 1 ? QString() : QStringLiteral("s"));
}

/// \a value as a \a Type; throws with a sentence that begins with \a what when it is none.
template <typename Type>
Type converted(const QCborValue &value, const QString &what)
{
    std::optional<Type> result = ValueConversion<Type>::from(value);
    if (!result) {
        refuse(QStringLiteral("%1 must be %2, but it is %3")
                   .arg(what, ValueConversion<Type>::wish(), describeValue(value)));
    }
    return *std::move(result);
}

/// What one call of a handler can be given.
class ArgumentSource
{
public:
    explicit ArgumentSource(Context &context)
        : m_context(context)
        , m_values(context.arguments().positional)
    {
    }

    /// The fields of \a Event take the places of positional arguments, in the order in which
    /// they are declared; missing ones have their defaults.
    template <BindableEvent Event>
    void useFieldsOf()
    {
        const BoundEvent<Event> event(m_context.arguments());
        m_values = {};
        for (const auto &[name, value] : toFields(*event)) {
            m_values.append(value);
            m_fieldNames.append(name.toString());
        }
    }

    /// Throws unless there are \a required to \a maximum values. A handler that takes none does
    /// not care how many there are.
    void checkCount(size_t required, size_t maximum) const
    {
        const auto count = size_t(m_values.size());
        if (maximum == 0 || (required <= count && count <= maximum))
            return;
        const QString wish = required == maximum
            ? counted(maximum, QStringLiteral("argument"))
            : QStringLiteral("%1 to %2")
                  .arg(required)
                  .arg(counted(maximum, QStringLiteral("argument")));
        refuse(QStringLiteral("The handler takes %1, but \"%2\" has %3")
                   .arg(wish, m_context.eventName(),
                        counted(count,
                                m_fieldNames.isEmpty() ? QStringLiteral("argument")
                                                       : QStringLiteral("field"))));
    }

    Context &context() const { return m_context; }

    /// The \a index-th value, from 0; a missing one is undefined.
    template <typename Type>
    Type positional(size_t index) const
    {
        return converted<Type>(m_values.at(qsizetype(index)), nameOf(qsizetype(index)));
    }

    template <typename Type>
    Type named(const QString &key) const
    {
        const Arguments &arguments = m_context.arguments();
        QCborValue value = arguments.named.value(key);
        if (value.isUndefined())
            value = eventFields(arguments).value(key);
        return converted<Type>(value, QStringLiteral("The argument \"%1\"").arg(key));
    }

private:
    QString nameOf(qsizetype index) const
    {
        if (index < m_fieldNames.size())
            return QStringLiteral("The field \"%1\"").arg(m_fieldNames[index]);
        return QStringLiteral("Argument %1 of \"%2\"").arg(index + 1).arg(m_context.eventName());
    }

    Context &m_context;
    QCborArray m_values;
    QStringList m_fieldNames; ///< empty: the values are positional arguments
};

} // namespace Fanfare::Detail
