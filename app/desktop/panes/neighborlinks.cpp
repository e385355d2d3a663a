// SPDX-License-Identifier: MIT
#include "neighborlinks.h"

#include "durationtext.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace Fanfare {

using namespace Qt::StringLiterals;

NeighborLinks::NeighborLinks(QWidget *parent)
    : QWidget(parent)
    , m_previous(addButton(tr("Task before on the same worker")))
    , m_next(addButton(tr("Task after on the same worker")))
{
    auto row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_previous, 1);
    row->addWidget(m_next, 1);
    connect(m_previous, &QPushButton::clicked, this, [this] {
        if (m_neighbors.previous)
            Q_EMIT taskChosen(m_neighbors.previous->task);
    });
    connect(m_next, &QPushButton::clicked, this, [this] {
        if (m_neighbors.next)
            Q_EMIT taskChosen(m_neighbors.next->task);
    });
}

QPushButton *NeighborLinks::addButton(const QString &name)
{
    auto button = new QPushButton(this);
    button->setAccessibleName(name);
    button->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    return button;
}

static void describe(QPushButton &button, const std::optional<TaskNeighbor> &neighbor,
                     const QString &form, const QString &none)
{
    button.setEnabled(neighbor.has_value());
    button.setText(neighbor ? form.arg(neighbor->handler) : none);
    button.setToolTip(neighbor ? NeighborLinks::tr("%1; the worker was free for %2 between")
                                     .arg(neighbor->handler, durationText(neighbor->gap))
                               : QString());
}

void NeighborLinks::setNeighbors(const TaskNeighbors &neighbors)
{
    m_neighbors = neighbors;
    describe(*m_previous, neighbors.previous, u"◂ %1"_s, tr("◂ none before"));
    describe(*m_next, neighbors.next, u"%1 ▸"_s, tr("none after ▸"));
}

} // namespace Fanfare
