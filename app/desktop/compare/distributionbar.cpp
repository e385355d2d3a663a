// SPDX-License-Identifier: MIT
#include "distributionbar.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>

namespace Fanfare {

DistributionBar::DistributionBar(QWidget *parent)
    : QWidget(parent)
    , m_times(new QComboBox(this))
    , m_form(new QComboBox(this))
    , m_fromZero(new QCheckBox(tr("Axis from 0"), this))
    , m_asShares(new QCheckBox(tr("As shares"), this))
{
    m_times->setAccessibleName(tr("Which times"));
    m_times->addItems({tr("From emitted to done"), tr("The handler alone")});
    m_form->setAccessibleName(tr("How they are drawn"));
    m_form->addItems({tr("How many took it"), tr("How many were done by then")});
    m_fromZero->setChecked(true);
    m_fromZero->setToolTip(tr("Differences look as big as they are only then"));
    m_asShares->setChecked(true);
    m_asShares->setToolTip(tr("Of all tasks of a side, so that sides of other size can be "
                              "compared; else in tasks"));
    auto row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    for (QWidget *part : QList<QWidget *>{m_times, m_form, m_fromZero, m_asShares})
        row->addWidget(part);
    row->addStretch();
    for (QComboBox *choice : {m_times, m_form})
        connect(choice, &QComboBox::currentIndexChanged, this, &DistributionBar::refresh);
    for (QCheckBox *choice : {m_fromZero, m_asShares})
        connect(choice, &QCheckBox::toggled, this, &DistributionBar::refresh);
}

DistributionView DistributionBar::view() const
{
    return {.times = m_times->currentIndex() == 0 ? DistributionView::Times::Total
                                                  : DistributionView::Times::Running,
            .isCumulative = m_form->currentIndex() == 1,
            .fromZero = m_fromZero->isChecked(),
            .asShares = m_asShares->isChecked()};
}

void DistributionBar::refresh()
{
    m_asShares->setEnabled(!view().isCumulative); // it is always in shares
    Q_EMIT changed();
}

} // namespace Fanfare
