// SPDX-License-Identifier: MIT
#include "argumentseditor.h"

#include "argumentsjson.h"
#include "fieldeditor.h"
#include "jsonedit.h"
#include "objectinput.h"

#include <QFormLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QTabBar>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

enum Page { FormPage, JsonPage };

ArgumentsEditor::ArgumentsEditor(QWidget *parent)
    : QWidget(parent)
    , m_tabs(new QTabBar(this))
    , m_pages(new QStackedWidget(this))
    , m_json(new JsonEdit(this))
{
    createLayout();
    connect(m_tabs, &QTabBar::currentChanged, this, &ArgumentsEditor::showPage);
    connect(m_json, &QPlainTextEdit::textChanged, this, [this] {
        m_refusal.clear();
        Q_EMIT changed();
    });
    connect(m_json, &JsonEdit::tooLargeTextRefused, this, [this](qsizetype size) {
        m_refusal = argumentsFromJson(QString(size, u' '), nullptr).error().message;
        Q_EMIT changed();
    });
    setEvent(nullptr);
}

void ArgumentsEditor::createLayout()
{
    m_tabs->addTab(tr("Form"));
    m_tabs->addTab(tr("JSON"));
    m_tabs->setDrawBase(false);
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("How to enter the arguments"));
    m_json->setAccessibleName(tr("Arguments as JSON"));
    m_pages->addWidget(new QWidget(m_pages));
    m_pages->addWidget(m_json);
    auto layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_tabs);
    layout->addWidget(m_pages);
}

/// Whether the same form fits both.
static bool isSameForm(const QList<FieldFact> &left, const QList<FieldFact> &right)
{
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](const FieldFact &a, const FieldFact &b) {
                          return a.name == b.name && a.type == b.type && a.values == b.values
                              && isSameForm(a.items, b.items) && isSameForm(a.fields, b.fields);
                      });
}

static bool isSame(const EventFact &left, const EventFact &right)
{
    return left.name == right.name && left.isTyped == right.isTyped
        && isSameForm(left.fields, right.fields);
}

void ArgumentsEditor::setEvent(const EventFact *event)
{
    if (event && m_event && isSame(*event, *m_event))
        return;
    const bool wasTyped = m_event && m_event->isTyped;
    m_event = event ? std::optional(*event) : std::nullopt;
    const bool isTyped = m_event && m_event->isTyped;
    createForm();
    if (wasTyped || isTyped)
        m_json->setPlainText(isTyped ? jsonTemplate(*m_event) : QString());
    m_json->setPlaceholderText(isTyped ? tr("An object with the fields of the event")
                                       : tr("No arguments. Or [1, \"two\"], or {\"name\": 3}"));
    m_tabs->setVisible(isTyped);
    m_tabs->setCurrentIndex(isTyped ? FormPage : JsonPage);
    showPage(m_tabs->currentIndex());
}

void ArgumentsEditor::createForm()
{
    QWidget *old = m_pages->widget(FormPage);
    m_pages->removeWidget(old);
    delete old;
    m_fields.clear();
    auto page = new QWidget(m_pages);
    auto form = new QFormLayout(page);
    form->setContentsMargins(0, 4, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    const QList<FieldFact> facts = m_event ? m_event->fields : QList<FieldFact>();
    for (const FieldFact &fact : facts) {
        auto editor = new FieldEditor(fact, page);
        connect(editor, &FieldEditor::changed, this, &ArgumentsEditor::changed);
        addField(*form, fact, editor, editor->input().isWide());
        m_fields.append(editor);
    }
    if (facts.isEmpty())
        form->addRow(new QLabel(tr("This event has no fields."), page));
    m_pages->insertWidget(FormPage, page);
}

void ArgumentsEditor::showPage(int page)
{
    if (page == JsonPage && m_pages->currentIndex() == FormPage && m_event && m_event->isTyped) {
        if (const Result<Arguments> current = formArguments())
            m_json->setPlainText(readableJson(current->fields));
    }
    m_pages->setCurrentIndex(page);
    for (int i = 0; i < m_pages->count(); ++i) {
        const bool isShown = i == page;
        m_pages->widget(i)->setSizePolicy(QSizePolicy::Preferred,
                                          isShown ? QSizePolicy::Preferred : QSizePolicy::Ignored);
    }
    m_pages->updateGeometry();
    Q_EMIT changed();
}

Result<Arguments> ArgumentsEditor::formArguments() const
{
    Arguments arguments;
    for (const FieldEditor *editor : m_fields) {
        const Result<QCborValue> value = editor->value();
        if (!value)
            return value.error();
        if (!value->isUndefined())
            arguments.fields.insert(editor->field().name, *value);
    }
    if (const Result<void> fine = checkPayload(arguments); !fine)
        return fine.error();
    return arguments;
}

Result<Arguments> ArgumentsEditor::arguments() const
{
    if (m_pages->currentIndex() == FormPage)
        return formArguments();
    if (!m_refusal.isEmpty())
        return Error{ErrorCode::InvalidArgument, m_refusal};
    return argumentsFromJson(m_json->toPlainText(), m_event ? &*m_event : nullptr);
}

void ArgumentsEditor::setJson(const QString &text)
{
    m_tabs->setCurrentIndex(JsonPage);
    showPage(JsonPage);
    m_json->setPlainText(text);
}

} // namespace Fanfare
