// SPDX-License-Identifier: MIT
#include "retentiondialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QSettings>
#include <QSpinBox>

namespace Fanfare {

using namespace Qt::StringLiterals;

static const auto countKey = u"runs/keepCount"_s;
static const auto seriesKey = u"runs/keepPerSeries"_s;
static const auto bytesKey = u"runs/keepBytes"_s;
static const auto daysKey = u"runs/keepDays"_s;

Retention savedRetention(const QSettings &settings)
{
    const Retention usual;
    return {.count = std::max(0, settings.value(countKey, usual.count).toInt()),
            .perSeries = std::max(0, settings.value(seriesKey, usual.perSeries).toInt()),
            .bytes = std::max<qint64>(0, settings.value(bytesKey, usual.bytes).toLongLong()),
            .days = std::max(0, settings.value(daysKey, usual.days).toInt())};
}

void saveRetention(QSettings &settings, const Retention &retention)
{
    settings.setValue(countKey, retention.count);
    settings.setValue(seriesKey, retention.perSeries);
    settings.setValue(bytesKey, retention.bytes);
    settings.setValue(daysKey, retention.days);
}

static QSpinBox *limitBox(int value, int most, const QString &suffix, QWidget *parent)
{
    auto box = new QSpinBox(parent);
    box->setRange(0, most);
    box->setSpecialValueText(RetentionDialog::tr("no limit"));
    box->setSuffix(suffix);
    box->setValue(value);
    return box;
}

RetentionDialog::RetentionDialog(const Retention &retention, QWidget *parent)
    : QDialog(parent)
    , m_count(limitBox(retention.count, 1'000'000, tr(" runs"), this))
    , m_perSeries(limitBox(retention.perSeries, 1'000'000, tr(" runs"), this))
    , m_gibibytes(limitBox(int(retention.bytes >> 30), 100'000, tr(" GiB"), this))
    , m_days(limitBox(retention.days, 36'500, tr(" days"), this))
{
    setWindowTitle(tr("What is kept"));
    auto form = new QFormLayout(this);
    form->addRow(tr("At &most"), m_count);
    form->addRow(tr("Of each &scenario and place"), m_perSeries);
    form->addRow(tr("All files &together"), m_gibibytes);
    form->addRow(tr("No &longer than"), m_days);
    auto hint = new QLabel(
        tr("The oldest runs are deleted beyond that, with their notes and pictures. Pinned runs "
           "stay."),
        this);
    form->addRow(hint);
    auto buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

Retention RetentionDialog::retention() const
{
    return {.count = m_count->value(),
            .perSeries = m_perSeries->value(),
            .bytes = qint64(m_gibibytes->value()) << 30,
            .days = m_days->value()};
}

} // namespace Fanfare
