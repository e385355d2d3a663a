// SPDX-License-Identifier: MIT
#pragma once

#include "valueinput.h"

#include <QList>

class QToolButton;
class QVBoxLayout;

namespace Fanfare {

/// The input for "list": one row for each item, with a button to remove it, and one to add another.
class ListInput final : public ValueInput
{
    Q_OBJECT

public:
    ListInput(const FieldFact &fact, QWidget *parent);

    Result<QCborValue> read(const QString &path) const override;
    void write(const QCborValue &value) override;

    bool isWide() const override { return true; }

private:
    struct Row
    {
        QWidget *widget;
        ValueInput *input;
    };

    ValueInput *addRow();
    void removeRow(QWidget *widget);
    void nameRows();

    QVBoxLayout *m_column;
    QToolButton *m_add;
    QList<Row> m_rows;
};

} // namespace Fanfare
