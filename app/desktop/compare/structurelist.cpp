// SPDX-License-Identifier: MIT
#include "structurelist.h"

#include <fanfare/runs/comparisonreport.h>

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

static QString namesOf(const std::vector<HandlerKey> &order)
{
    QStringList names;
    for (const HandlerKey &key : order)
        names.append(key.name.isEmpty() ? StructureList::tr("(not known)") : key.name);
    return names.join(u" → "_s);
}

static QString callsText(const HandlerComparison &handler)
{
    const QString name = handlerName(handler.key);
    if (!handler.b)
        return StructureList::tr("%1 ran only in A, %L2 times").arg(name).arg(handler.a->tasks());
    if (!handler.a)
        return StructureList::tr("%1 ran only in B, %L2 times").arg(name).arg(handler.b->tasks());
    return StructureList::tr("%1 was called %L2 times in A, %L3 times in B")
        .arg(name)
        .arg(handler.a->tasks())
        .arg(handler.b->tasks());
}

static QString orderText(const OrderDifference &difference, quint64 emissions)
{
    return StructureList::tr("Emission %L1 and others, %L2 of %L3: %4 in A, %5 in B")
        .arg(number(difference.firstA))
        .arg(difference.count)
        .arg(emissions)
        .arg(namesOf(difference.a), namesOf(difference.b));
}

std::vector<StructureEntry> structureEntries(const Comparison &comparison)
{
    std::vector<StructureEntry> entries;
    for (const HandlerComparison &handler : comparison.handlers) {
        if (differsInCalls(comparison, handler))
            entries.push_back({callsText(handler), handler.key, {}, {}});
    }
    for (const OrderDifference &difference : comparison.orders.differences) {
        entries.push_back({orderText(difference, comparison.orders.emissions),
                           {},
                           difference.firstA,
                           difference.firstB});
    }
    entries.resize(std::min(entries.size(), mostStructureEntries));
    return entries;
}

StructureList::StructureList(QWidget *parent)
    : QListWidget(parent)
{
    setAccessibleName(tr("What the sides did not do alike"));
    setToolTip(tr("Choose a line to see it in both timelines"));
    setFrameShape(NoFrame);
    setAlternatingRowColors(true);
    setWordWrap(false);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QListWidget::itemClicked, this, &StructureList::choose);
    connect(this, &QListWidget::itemActivated, this, &StructureList::choose); // the keyboard
}

void StructureList::setEntries(const std::vector<StructureEntry> &entries)
{
    if (entries == m_entries)
        return;
    m_entries = entries;
    clear();
    for (const StructureEntry &entry : m_entries)
        addItem(entry.text);
    // As high as its lines, up to six: what is below moves up.
    const int height = count() > 0 ? sizeHintForRow(0) : fontMetrics().height();
    setFixedHeight(std::clamp(count(), 1, 6) * height + 4);
}

void StructureList::choose(const QListWidgetItem *item)
{
    const StructureEntry &entry = m_entries[size_t(row(item))];
    if (number(entry.inA) == 0)
        Q_EMIT handlerWanted(entry.handler);
    else
        Q_EMIT emissionWanted(entry.inA, entry.inB);
}

} // namespace Fanfare
