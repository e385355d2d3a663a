// SPDX-License-Identifier: MIT
#include "amountinput.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QSpinBox>

#include <cmath>

namespace Fanfare {

static constexpr int mostEmissions = 10'000'000;

AmountInput::AmountInput(QWidget *parent)
    : QWidget(parent)
    , m_kind(new QComboBox(this))
    , m_count(new QSpinBox(this))
    , m_seconds(new QSpinBox(this))
    , m_rate(new QDoubleSpinBox(this))
{
    createInputs();
    auto grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(6);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    grid->addWidget(m_kind, 0, 0);
    grid->addWidget(m_count, 0, 1);
    grid->addWidget(m_seconds, 0, 1);
    grid->addWidget(new QLabel(tr("Rate"), this), 1, 0);
    grid->addWidget(m_rate, 1, 1);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &AmountInput::refresh);
    connect(m_count, &QSpinBox::valueChanged, this, &AmountInput::changed);
    connect(m_seconds, &QSpinBox::valueChanged, this, &AmountInput::changed);
    connect(m_rate, &QDoubleSpinBox::valueChanged, this, &AmountInput::changed);
    refresh();
}

void AmountInput::createInputs()
{
    m_kind->addItem(tr("Times"), int(Kind::Times));
    m_kind->addItem(tr("For"), int(Kind::Seconds));
    m_kind->addItem(tr("Until stopped"), int(Kind::UntilStopped));
    m_kind->setAccessibleName(tr("How long to emit"));
    m_count->setRange(1, mostEmissions);
    m_count->setGroupSeparatorShown(true);
    m_count->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    m_count->setAccessibleName(tr("Number of emissions"));
    m_seconds->setRange(1, 86'400);
    m_seconds->setValue(10);
    m_seconds->setSuffix(tr(" s"));
    m_seconds->setAccessibleName(tr("Seconds to emit"));
    m_rate->setRange(0, 1'000'000);
    m_rate->setDecimals(1);
    m_rate->setSuffix(tr(" /s"));
    m_rate->setSpecialValueText(tr("as fast as possible"));
    m_rate->setAccessibleName(tr("Emissions per second"));
    for (QWidget *input : std::initializer_list<QWidget *>{m_count, m_seconds, m_rate}) {
        input->setMinimumWidth(80);
        input->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }
}

void AmountInput::refresh()
{
    m_count->setVisible(kind() == Kind::Times);
    m_seconds->setVisible(kind() == Kind::Seconds);
    Q_EMIT changed();
}

AmountInput::Kind AmountInput::kind() const
{
    return Kind(m_kind->currentData().toInt());
}

quint64 AmountInput::count() const
{
    switch (kind()) {
    case Kind::Times:
        return quint64(m_count->value());
    case Kind::Seconds:
        return quint64(std::max(1.0, std::round(m_seconds->value() * m_rate->value())));
    case Kind::UntilStopped:
        break;
    }
    return 1;
}

double AmountInput::rate() const
{
    return m_rate->value();
}

void AmountInput::setCount(quint64 count, double rate)
{
    m_kind->setCurrentIndex(m_kind->findData(int(Kind::Times)));
    m_count->setValue(int(std::min<quint64>(count, mostEmissions)));
    m_rate->setValue(rate);
}

QString AmountInput::problem() const
{
    if (kind() == Kind::Seconds && m_rate->value() == 0)
        return tr("To emit for some seconds, say how many a second: set the rate.");
    return {};
}

} // namespace Fanfare
