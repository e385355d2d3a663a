// SPDX-License-Identifier: MIT
#pragma once

#include "valueinput.h"

namespace Fanfare {

class NumberBox;

/// The input for "int" and "double".
class NumberInput final : public ValueInput
{
    Q_OBJECT

public:
    NumberInput(const FieldFact &fact, QWidget *parent);

    Result<QCborValue> read(const QString &path) const override;
    void write(const QCborValue &value) override;

private:
    NumberBox *m_box;
};

} // namespace Fanfare
