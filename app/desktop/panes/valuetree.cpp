// SPDX-License-Identifier: MIT
#include "valuetree.h"

#include "argumentsjson.h"

#include <QAction>
#include <QCborArray>
#include <QCborMap>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr int valueRole = Qt::UserRole;

static qsizetype partCount(const QCborValue &value)
{
    return value.toArray().size() + value.toMap().size(); // one of them is empty
}

static bool hasParts(const QCborValue &value)
{
    return partCount(value) > 0;
}

bool isNested(const QCborValue &value)
{
    const QCborArray array = value.toArray();
    for (auto part = array.begin(); part != array.end(); ++part) {
        if (hasParts(*part))
            return true;
    }
    const QCborMap map = value.toMap();
    for (auto part = map.begin(); part != map.end(); ++part) {
        if (hasParts(part.value()))
            return true;
    }
    return false;
}

static QString countText(qsizetype count, const QString &one, const QString &many)
{
    return count == 1 ? one : many.arg(count);
}

/// What a row says of its part: the value itself, or how much is below it.
static QString summaryOf(const QCborValue &value)
{
    if (value.isArray())
        return countText(value.toArray().size(), ValueTree::tr("1 item"),
                         ValueTree::tr("%L1 items"));
    if (value.isMap())
        return countText(value.toMap().size(), ValueTree::tr("1 field"),
                         ValueTree::tr("%L1 fields"));
    constexpr qsizetype longest = 500;
    const QString text = value.isString() ? value.toString() : compactJson(value);
    return text.size() > longest ? text.first(longest) + u'…' : text;
}

ValueTree::ValueTree(int maximumRows, QWidget *parent)
    : QTreeWidget(parent)
    , m_maximumRows(maximumRows)
{
    setColumnCount(2);
    setHeaderHidden(true);
    setUniformRowHeights(true);
    setIndentation(14);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    header()->setStretchLastSection(true);
    auto copyAction = new QAction(tr("Copy as JSON"), this);
    copyAction->setShortcut(QKeySequence::Copy);
    copyAction->setShortcutContext(Qt::WidgetShortcut);
    connect(copyAction, &QAction::triggered, this, &ValueTree::copy);
    addAction(copyAction);
    connect(this, &QTreeWidget::customContextMenuRequested, this, &ValueTree::showMenu);
    connect(this, &QTreeWidget::itemExpanded, this, &ValueTree::unfold);
    connect(this, &QTreeWidget::itemCollapsed, this, &ValueTree::updateGeometry);
}

void ValueTree::setValue(const QCborValue &value)
{
    if (value == m_value && topLevelItemCount() > 0)
        return;
    m_value = value;
    clear();
    addParts(invisibleRootItem(), value);
    unfoldWhatFits();
    updateGeometry();
}

/// The upper levels first.
void ValueTree::unfoldWhatFits()
{
    QList<QTreeWidgetItem *> next;
    const auto addChildren = [&next](QTreeWidgetItem *item) {
        for (int i = 0; i < item->childCount(); ++i)
            next.append(item->child(i));
    };
    addChildren(invisibleRootItem());
    int rows = int(next.size());
    while (!next.isEmpty() && rows < m_maximumRows) {
        QTreeWidgetItem *item = next.takeFirst();
        const qsizetype parts = partCount(item->data(0, valueRole).value<QCborValue>());
        if (parts == 0 || rows + parts > m_maximumRows)
            continue;
        item->setExpanded(true);
        rows += int(parts);
        addChildren(item);
    }
}

void ValueTree::addPart(QTreeWidgetItem *parent, const QString &name, const QCborValue &value)
{
    auto item = new QTreeWidgetItem(parent, {name, summaryOf(value)});
    item->setData(0, valueRole, QVariant::fromValue(value));
    item->setToolTip(1, item->text(1));
    if (hasParts(value))
        item->setChildIndicatorPolicy(QTreeWidgetItem::ShowIndicator);
    else
        item->setForeground(0, palette().color(QPalette::Disabled, QPalette::Text));
}

void ValueTree::addParts(QTreeWidgetItem *parent, const QCborValue &value)
{
    const QCborArray array = value.toArray();
    const QCborMap map = value.toMap();
    const qsizetype count = value.isArray() ? array.size() : map.size();
    qsizetype shown = 0;
    for (auto part = array.begin(); part != array.end() && shown < mostParts; ++part, ++shown)
        addPart(parent, QString::number(shown), *part);
    for (auto part = map.begin(); part != map.end() && shown < mostParts; ++part, ++shown)
        addPart(parent, readableJson(part.key()), part.value());
    if (count > shown)
        new QTreeWidgetItem(parent,
                            {u"…"_s, tr("%L1 more; copy it to see all").arg(count - shown)});
}

void ValueTree::unfold(QTreeWidgetItem *item)
{
    if (item->childCount() == 0)
        addParts(item, item->data(0, valueRole).value<QCborValue>());
    updateGeometry();
}

QString ValueTree::currentJson() const
{
    const QVariant part = currentItem() ? currentItem()->data(0, valueRole) : QVariant();
    return readableJson(part.isValid() ? part.value<QCborValue>() : m_value);
}

void ValueTree::copy() const
{
    QGuiApplication::clipboard()->setText(currentJson());
}

void ValueTree::showMenu(const QPoint &position)
{
    auto menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(actions());
    menu->addAction(tr("Copy all as JSON"), this,
                    [this] { QGuiApplication::clipboard()->setText(readableJson(m_value)); });
    menu->popup(viewport()->mapToGlobal(position));
}

int ValueTree::shownRows(const QTreeWidgetItem *parent) const
{
    int rows = parent->childCount();
    for (int i = 0; i < parent->childCount() && rows < m_maximumRows; ++i) {
        if (parent->child(i)->isExpanded())
            rows += shownRows(parent->child(i));
    }
    return rows;
}

QSize ValueTree::sizeHint() const
{
    const int rows = std::clamp(shownRows(invisibleRootItem()), 1, m_maximumRows);
    const int height = topLevelItemCount() > 0 ? visualItemRect(topLevelItem(0)).height() : 0;
    return {120, rows * std::max(height, fontMetrics().lineSpacing()) + 2 * frameWidth() + 2};
}

/// One that shows all its rows lets the pane around it scroll.
void ValueTree::wheelEvent(QWheelEvent *event)
{
    if (verticalScrollBar()->maximum() == 0)
        event->ignore();
    else
        QTreeWidget::wheelEvent(event);
}

} // namespace Fanfare
