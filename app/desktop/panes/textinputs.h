// SPDX-License-Identifier: MIT
#pragma once

#include "valueinput.h"

class QLineEdit;

namespace Fanfare {

/// The input for everything that is written as a line of text: "text", "url", "uuid", "bytes", and
/// dates that a calendar has no page for.
class TextInput final : public ValueInput
{
    Q_OBJECT

public:
    TextInput(const FieldFact &fact, QWidget *parent);

    Result<QCborValue> read(const QString &path) const override;
    void write(const QCborValue &value) override;

private:
    QLineEdit *m_edit;
};

/// The input for "json": a line of it.
class JsonInput final : public ValueInput
{
    Q_OBJECT

public:
    JsonInput(const FieldFact &fact, QWidget *parent);

    Result<QCborValue> read(const QString &path) const override;
    void write(const QCborValue &value) override;

private:
    QLineEdit *m_edit;
};

/// The input for "path": a line with a button to browse.
class PathInput final : public ValueInput
{
    Q_OBJECT

public:
    PathInput(const FieldFact &fact, QWidget *parent);

    Result<QCborValue> read(const QString &path) const override;
    void write(const QCborValue &value) override;

private:
    void browse();

    QLineEdit *m_edit;
};

/// What stands in the place of an "opaque" field, which nobody can type.
class OpaqueNote final : public ValueInput
{
    Q_OBJECT

public:
    OpaqueNote(const FieldFact &fact, QWidget *parent);

    Result<QCborValue> read(const QString &) const override { return QCborValue(); }
    void write(const QCborValue &) override { }
};

} // namespace Fanfare
