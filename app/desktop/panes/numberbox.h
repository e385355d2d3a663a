// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/facts.h>

#include <QAbstractSpinBox>

namespace Fanfare {

/// A spin box for any number a field may hold, exact: integers of 64 bits with and without a sign,
/// and doubles as they are, NaN and the infinities by name. Qt's own boxes hold 32 bits, or round
/// to a number of decimals. Limits and step are those of the field.
class NumberBox final : public QAbstractSpinBox
{
    Q_OBJECT

public:
    explicit NumberBox(const FieldFact &fact, QWidget *parent = nullptr);

    QCborValue value() const;               ///< undefined while the text is no number
    void setValue(const QCborValue &value); ///< what is outside of the limits becomes the limit

    void stepBy(int steps) override;

Q_SIGNALS:
    void changed();

protected:
    StepEnabled stepEnabled() const override;
    QValidator::State validate(QString &text, int &position) const override;
    void fixup(QString &text) const override;

private:
    QCborValue within(const QCborValue &value) const;
    double step(double value) const;

    const QCborValue m_minimum; ///< undefined: none
    const QCborValue m_maximum;
    const QCborValue m_step;
    const bool m_isWhole;
};

} // namespace Fanfare
