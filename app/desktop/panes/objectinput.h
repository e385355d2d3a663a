// SPDX-License-Identifier: MIT
#pragma once

#include "valueinput.h"

#include <QList>

class QFormLayout;

namespace Fanfare {

/// The input for "object": its fields as a form of their own, with a line at its left.
class ObjectInput final : public ValueInput
{
    Q_OBJECT

public:
    ObjectInput(const FieldFact &fact, QWidget *parent);

    Result<QCborValue> read(const QString &path) const override;
    void write(const QCborValue &value) override;

    bool isWide() const override { return true; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<ValueInput *> m_inputs;
};

/// Adds \a editor of \a field to \a form with its name as label, above it when it is wide.
void addField(QFormLayout &form, const FieldFact &field, QWidget *editor, bool isWide);

} // namespace Fanfare
