// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/engine/facts.h>

#include <QWidget>

namespace Fanfare {

/// The input for one value of a typed event: a field, an item of a list, a field inside an object.
/// What it reads may still lie outside of its limits; FieldEditor checks the whole.
class ValueInput : public QWidget
{
    Q_OBJECT

public:
    const FieldFact &fact() const { return m_fact; }

    /// The value; undefined when the field cannot be given here. An error is one sentence that
    /// names \a path.
    virtual Result<QCborValue> read(const QString &path) const = 0;

    virtual void write(const QCborValue &value) = 0; ///< ignores what does not fit

    /// Whether it needs the whole width of a form, with its label above.
    virtual bool isWide() const { return false; }

Q_SIGNALS:
    void changed();

protected:
    ValueInput(const FieldFact &fact, QWidget *parent);

    /// Puts \a input beside those before it; it is called as the field is.
    void place(QWidget *input);

private:
    const FieldFact m_fact;
};

/// The input that fits \a fact, showing its default. Owned by \a parent.
ValueInput *makeValueInput(const FieldFact &fact, QWidget *parent);

/// The refusal of what was typed for the field at \a path.
Error inputError(const QString &path, const QString &sentence);

} // namespace Fanfare
