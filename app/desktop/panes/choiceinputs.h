// SPDX-License-Identifier: MIT
#pragma once

#include "valueinput.h"

#include <QList>

class QCheckBox;
class QComboBox;

namespace Fanfare {

/// The input for "bool".
class CheckInput final : public ValueInput
{
    Q_OBJECT

public:
    CheckInput(const FieldFact &fact, QWidget *parent);

    Result<QCborValue> read(const QString &path) const override;
    void write(const QCborValue &value) override;

private:
    QCheckBox *m_box;
};

/// The input for "enum".
class ChoiceInput final : public ValueInput
{
    Q_OBJECT

public:
    ChoiceInput(const FieldFact &fact, QWidget *parent);

    Result<QCborValue> read(const QString &path) const override;
    void write(const QCborValue &value) override;

private:
    QComboBox *m_box;
};

/// The input for "flags": a check box for each.
class FlagsInput final : public ValueInput
{
    Q_OBJECT

public:
    FlagsInput(const FieldFact &fact, QWidget *parent);

    Result<QCborValue> read(const QString &path) const override;
    void write(const QCborValue &value) override;

private:
    QList<QCheckBox *> m_boxes;
};

} // namespace Fanfare
