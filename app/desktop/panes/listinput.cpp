// SPDX-License-Identifier: MIT
#include "listinput.h"

#include "desktop/appearance.h"

#include <QCborArray>
#include <QToolButton>
#include <QVBoxLayout>

namespace Fanfare {

using namespace Qt::StringLiterals;

/// More rows than that are no form any more; they can be written as JSON.
static constexpr qsizetype mostRows = 200;

ListInput::ListInput(const FieldFact &fact, QWidget *parent)
    : ValueInput(fact, parent)
    , m_column(new QVBoxLayout(this))
    , m_add(new QToolButton(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(fact.items.first().type == "object"_L1 ? 8 : 4);
    m_add->setIcon(symbolIcon(u"add"_s));
    m_add->setText(tr("Add"));
    m_add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_add->setAutoRaise(true);
    m_add->setAccessibleName(tr("Add to %1").arg(fact.name));
    connect(m_add, &QToolButton::clicked, this, [this] {
        addRow()->setFocus();
        Q_EMIT changed();
    });
    m_column->addWidget(m_add, 0, Qt::AlignLeft);
    setFocusProxy(m_add);
}

ValueInput *ListInput::addRow()
{
    auto widget = new QWidget(this);
    auto line = new QHBoxLayout(widget);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(2);
    ValueInput *input = makeValueInput(fact().items.first(), widget);
    connect(input, &ValueInput::changed, this, &ListInput::changed);
    auto remove = new QToolButton(widget);
    remove->setIcon(symbolIcon(u"close"_s));
    remove->setAutoRaise(true);
    remove->setToolTip(tr("Remove this item"));
    connect(remove, &QToolButton::clicked, this, [this, widget] { removeRow(widget); });
    line->addWidget(input, 1);
    line->addWidget(remove, 0, Qt::AlignTop);
    m_column->insertWidget(m_column->count() - 1, widget);
    m_rows.append({widget, input});
    nameRows();
    return input;
}

void ListInput::removeRow(QWidget *widget)
{
    m_rows.removeIf([widget](const Row &row) { return row.widget == widget; });
    widget->hide(); // the click comes from inside of it
    widget->deleteLater();
    nameRows();
    Q_EMIT changed();
}

/// Says to screen readers which item it is, and stops at what is still a form.
void ListInput::nameRows()
{
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const QString name = u"%1[%2]"_s.arg(fact().name).arg(i);
        m_rows[i].input->setAccessibleName(name);
        if (QWidget *inner = m_rows[i].input->focusProxy())
            inner->setAccessibleName(name);
    }
    m_add->setEnabled(m_rows.size() < mostRows);
}

Result<QCborValue> ListInput::read(const QString &path) const
{
    QCborArray items;
    for (const Row &row : m_rows) {
        const Result<QCborValue> item = row.input->read(u"%1[%2]"_s.arg(path).arg(items.size()));
        if (!item)
            return item;
        items.append(*item);
    }
    return QCborValue(items);
}

void ListInput::write(const QCborValue &value)
{
    while (!m_rows.isEmpty())
        removeRow(m_rows.last().widget);
    for (const QCborValue item : value.toArray())
        addRow()->write(item);
    Q_EMIT changed();
}

} // namespace Fanfare
