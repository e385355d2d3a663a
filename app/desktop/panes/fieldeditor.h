// SPDX-License-Identifier: MIT
#pragma once

#include "valueinput.h"

namespace Fanfare {

/// The input for one field of a typed event, checked: a spin box, a check box, a line of text, a
/// calendar, a list of rows, a form inside the form.
class FieldEditor final : public QWidget
{
    Q_OBJECT

public:
    explicit FieldEditor(const FieldFact &field, QWidget *parent = nullptr);

    const FieldFact &field() const { return m_input->fact(); }
    ValueInput &input() const { return *m_input; }

    /// Undefined when the field cannot be given. The error is one sentence that names the path.
    Result<QCborValue> value() const;
    void setValue(const QCborValue &value); ///< ignores what does not fit the field

Q_SIGNALS:
    void changed();

private:
    ValueInput *m_input;
};

} // namespace Fanfare
