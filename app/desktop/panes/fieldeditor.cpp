// SPDX-License-Identifier: MIT
#include "fieldeditor.h"

#include "argumentsjson.h"
#include "desktop/appearance.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QLineEdit>
#include <QToolButton>

namespace Fanfare {

using namespace Qt::StringLiterals;

/// The whole numbers a double holds exactly.
static constexpr double largestWhole = 9'007'199'254'740'992.0;

FieldEditor::FieldEditor(FieldFact field, QWidget *parent)
    : QWidget(parent)
    , m_field(std::move(field))
{
    auto layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    if (m_field.type == "int"_L1)
        createNumber(0);
    else if (m_field.type == "double"_L1)
        createNumber(6);
    else if (m_field.type == "bool"_L1)
        createCheck();
    else if (m_field.type == "path"_L1)
        createPath();
    else
        createText();
    setValue(m_field.defaultValue);
}

Result<QCborValue> FieldEditor::value() const
{
    Result<QCborValue> value = m_read();
    if (!value) {
        return Error{ErrorCode::InvalidArgument,
                     tr("The field “%1”: %2").arg(m_field.name, value.error().message)};
    }
    if (const Result<void> fine = checkField(m_field, *value); !fine)
        return fine.error();
    return value;
}

void FieldEditor::setValue(const QCborValue &value)
{
    m_write(value);
}

void FieldEditor::place(QWidget *input)
{
    input->setAccessibleName(m_field.name);
    input->setAccessibleDescription(m_field.summary);
    input->setToolTip(m_field.summary);
    layout()->addWidget(input);
    if (!focusProxy())
        setFocusProxy(input);
}

static double limitOf(const QCborValue &limit, double none)
{
    return limit.isInteger() || limit.isDouble() ? limit.toDouble() : none;
}

void FieldEditor::createNumber(int decimals)
{
    auto box = new QDoubleSpinBox(this);
    box->setDecimals(decimals);
    box->setRange(limitOf(m_field.minimum, -largestWhole), limitOf(m_field.maximum, largestWhole));
    box->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    box->setMinimumWidth(80);
    box->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed); // a wide range has a wide hint
    m_read = [box, decimals]() -> Result<QCborValue> {
        return decimals == 0 ? QCborValue(qint64(box->value())) : QCborValue(box->value());
    };
    m_write = [box](const QCborValue &value) { box->setValue(value.toDouble()); };
    connect(box, &QDoubleSpinBox::valueChanged, this, &FieldEditor::changed);
    place(box);
}

void FieldEditor::createCheck()
{
    auto box = new QCheckBox(this);
    m_read = [box]() -> Result<QCborValue> { return QCborValue(box->isChecked()); };
    m_write = [box](const QCborValue &value) { box->setChecked(value.toBool()); };
    connect(box, &QCheckBox::toggled, this, &FieldEditor::changed);
    place(box);
}

static QString compactJson(const QCborValue &value)
{
    return value.isUndefined() ? QString() : readableJson(value).simplified();
}

void FieldEditor::createText()
{
    auto edit = new QLineEdit(this);
    edit->setMaxLength(int(maximumPayload));
    edit->setPlaceholderText(m_field.summary);
    if (m_field.type == "json"_L1) {
        m_read = [edit] { return valueFromJson(edit->text()); };
        m_write = [edit](const QCborValue &value) { edit->setText(compactJson(value)); };
    } else {
        m_read = [edit]() -> Result<QCborValue> { return QCborValue(edit->text()); };
        m_write = [edit](const QCborValue &value) { edit->setText(value.toString()); };
    }
    connect(edit, &QLineEdit::textChanged, this, &FieldEditor::changed);
    place(edit);
}

void FieldEditor::createPath()
{
    auto edit = new QLineEdit(this);
    edit->setPlaceholderText(tr("Path of a file"));
    m_read = [edit]() -> Result<QCborValue> {
        if (edit->text().isEmpty())
            return Error{ErrorCode::InvalidArgument, tr("choose a file.")};
        return QCborValue(edit->text());
    };
    m_write = [edit](const QCborValue &value) { edit->setText(value.toString()); };
    connect(edit, &QLineEdit::textChanged, this, &FieldEditor::changed);
    place(edit);
    auto button = new QToolButton(this);
    button->setIcon(symbolIcon(u"folder"_s));
    button->setToolTip(tr("Browse for a file"));
    button->setAccessibleName(tr("Browse for a file"));
    connect(button, &QToolButton::clicked, this, [this, edit] { browse(*edit); });
    layout()->addWidget(button);
}

void FieldEditor::browse(QLineEdit &edit)
{
    auto dialog = new QFileDialog(this, tr("File for %1").arg(m_field.name), edit.text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, &edit, &QLineEdit::setText);
    dialog->open();
}

} // namespace Fanfare
