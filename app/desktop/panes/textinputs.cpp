// SPDX-License-Identifier: MIT
#include "textinputs.h"

#include "argumentsjson.h"
#include "desktop/appearance.h"

#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace Fanfare {

using namespace Qt::StringLiterals;

// --- TextInput

static QString placeholder(const FieldFact &fact)
{
    if (fact.type == "url"_L1)
        return u"https://…"_s;
    if (fact.type == "uuid"_L1)
        return u"00000000-0000-0000-0000-000000000000"_s;
    if (fact.type == "bytes"_L1)
        return TextInput::tr("Bytes as base64");
    if (fact.type == "date-time"_L1)
        return u"2026-11-25T20:33:42Z"_s;
    return fact.summary;
}

TextInput::TextInput(const FieldFact &fact, QWidget *parent)
    : ValueInput(fact, parent)
    , m_edit(new QLineEdit(this))
{
    m_edit->setMaxLength(int(maximumPayload));
    m_edit->setPlaceholderText(placeholder(fact));
    connect(m_edit, &QLineEdit::textChanged, this, &TextInput::changed);
    place(m_edit);
}

Result<QCborValue> TextInput::read(const QString &) const
{
    const QString text = m_edit->text();
    const bool isNothing = text.isEmpty() && fact().defaultValue.isNull();
    return isNothing ? QCborValue(nullptr) : QCborValue(text);
}

void TextInput::write(const QCborValue &value)
{
    m_edit->setText(value.isByteArray() ? QString::fromLatin1(value.toByteArray().toBase64())
                                        : value.toString());
    m_edit->setCursorPosition(0); // of a long one the beginning says most
}

// --- JsonInput

JsonInput::JsonInput(const FieldFact &fact, QWidget *parent)
    : ValueInput(fact, parent)
    , m_edit(new QLineEdit(this))
{
    m_edit->setMaxLength(int(maximumPayload));
    m_edit->setPlaceholderText(fact.summary);
    connect(m_edit, &QLineEdit::textChanged, this, &JsonInput::changed);
    place(m_edit);
}

Result<QCborValue> JsonInput::read(const QString &path) const
{
    Result<QCborValue> value = valueFromJson(m_edit->text());
    return value ? value : inputError(path, value.error().message);
}

void JsonInput::write(const QCborValue &value)
{
    m_edit->setText(compactJson(value));
    m_edit->setCursorPosition(0);
}

// --- PathInput

PathInput::PathInput(const FieldFact &fact, QWidget *parent)
    : ValueInput(fact, parent)
    , m_edit(new QLineEdit(this))
{
    m_edit->setPlaceholderText(tr("Path of a file"));
    connect(m_edit, &QLineEdit::textChanged, this, &PathInput::changed);
    place(m_edit);
    auto button = new QToolButton(this);
    button->setIcon(symbolIcon(u"folder"_s));
    button->setToolTip(tr("Browse for a file"));
    button->setAccessibleName(tr("Browse for a file"));
    connect(button, &QToolButton::clicked, this, &PathInput::browse);
    place(button);
}

Result<QCborValue> PathInput::read(const QString &path) const
{
    if (m_edit->text().isEmpty())
        return inputError(path, tr("choose a file."));
    return QCborValue(m_edit->text());
}

void PathInput::write(const QCborValue &value)
{
    m_edit->setText(value.toString());
}

void PathInput::browse()
{
    auto dialog = new QFileDialog(this, tr("File for %1").arg(fact().name), m_edit->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_edit, &QLineEdit::setText);
    dialog->open();
}

// --- OpaqueNote

OpaqueNote::OpaqueNote(const FieldFact &fact, QWidget *parent)
    : ValueInput(fact, parent)
{
    auto note = new QLabel(tr("only in a program"), this);
    note->setEnabled(false);
    place(note);
    note->setToolTip(tr("The type of this field has no text: handlers get its default from here."));
}

} // namespace Fanfare
