// SPDX-License-Identifier: MIT
#include "numberbox.h"

#include <fanfare/sdk/fieldscalar.h>

#include <QLineEdit>

#include <cmath>

namespace Fanfare {

using namespace Qt::StringLiterals;

NumberBox::NumberBox(const FieldFact &fact, QWidget *parent)
    : QAbstractSpinBox(parent)
    , m_minimum(fact.minimum)
    , m_maximum(fact.maximum)
    , m_step(fact.step)
    , m_isWhole(fact.type == "int"_L1)
{
    setAccelerated(true);
    setMinimumWidth(80);
    connect(lineEdit(), &QLineEdit::textChanged, this, &NumberBox::changed);
}

/// The number in \a text: an integer, the digits of a huge one, a double or its name.
static QCborValue numberIn(const QString &text, bool isWhole)
{
    bool isInteger = false;
    const qint64 integer = text.toLongLong(&isInteger);
    if (isWhole && isInteger)
        return integer;
    if (isWhole)
        return hugeNumber(text) ? QCborValue(text) : QCborValue();
    bool isReal = false;
    const double real = text.toDouble(&isReal);
    if (isReal)
        return real;
    const auto named = Detail::realFrom(text, QMetaType::fromType<double>());
    return named ? QCborValue(named->toDouble()) : QCborValue();
}

static QString textOf(const QCborValue &value)
{
    if (value.isString())
        return value.toString();
    const double number = value.toDouble();
    if (std::isnan(number))
        return u"NaN"_s;
    if (std::isinf(number))
        return number < 0 ? u"-Infinity"_s : u"Infinity"_s;
    const bool isNegativeZero = value.isDouble() && number == 0 && std::signbit(number);
    return isNegativeZero ? u"-0"_s : numberText(value);
}

QCborValue NumberBox::value() const
{
    return numberIn(lineEdit()->text().trimmed(), m_isWhole);
}

QCborValue NumberBox::within(const QCborValue &value) const
{
    if (isNumber(m_minimum) && isBelow(value, m_minimum))
        return m_minimum;
    if (isNumber(m_maximum) && isBelow(m_maximum, value))
        return m_maximum;
    return value;
}

void NumberBox::setValue(const QCborValue &value)
{
    const QCborValue number = isNumber(value) || value.isString() ? value : QCborValue(0);
    lineEdit()->setText(textOf(within(number)));
}

/// A step that is said, or one that fits the size of \a value.
double NumberBox::step(double value) const
{
    if (isNumber(m_step))
        return m_step.toDouble();
    if (m_isWhole)
        return 1;
    const double magnitude = std::abs(value);
    return magnitude < 1 ? 0.1 : std::pow(10, std::floor(std::log10(magnitude)) - 1);
}

void NumberBox::stepBy(int steps)
{
    const QCborValue now = value();
    if (!m_isWhole) {
        const double number = now.toDouble();
        const double next = number + steps * step(number);
        setValue(QString::number(next, 'g', 12).toDouble()); // 0.1 + 0.2 is 0.3 for people
    } else if (!now.isString()) {
        qint64 next = 0;
        if (!__builtin_add_overflow(now.toInteger(), qint64(steps * step(0)), &next))
            setValue(next);
    }
    selectAll();
}

QAbstractSpinBox::StepEnabled NumberBox::stepEnabled() const
{
    const QCborValue now = value();
    StepEnabled enabled = StepNone;
    if (isReadOnly() || !isNumber(now))
        return enabled;
    if (!isNumber(m_minimum) || isBelow(m_minimum, now))
        enabled |= StepDownEnabled;
    if (!isNumber(m_maximum) || isBelow(now, m_maximum))
        enabled |= StepUpEnabled;
    return enabled;
}

QValidator::State NumberBox::validate(QString &text, int &position) const
{
    Q_UNUSED(position)
    const QCborValue number = numberIn(text.trimmed(), m_isWhole);
    if (!number.isUndefined())
        return within(number) == number ? QValidator::Acceptable : QValidator::Intermediate;
    const auto isPart = [this](QChar c) {
        return c.isDigit() || c == u'-'
            || (!m_isWhole && (c.isLetter() || c == u'.' || c == u'+')); // 1e-5, Infinity
    };
    return std::ranges::all_of(text, isPart) ? QValidator::Intermediate : QValidator::Invalid;
}

void NumberBox::fixup(QString &text) const
{
    const QCborValue number = numberIn(text.trimmed(), m_isWhole);
    if (!number.isUndefined())
        text = textOf(within(number));
}

} // namespace Fanfare
