// SPDX-License-Identifier: MIT
#include "momentinput.h"

#include <fanfare/sdk/fieldtext.h>

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>

namespace Fanfare {

using namespace Qt::StringLiterals;

/// The wall clock of \a value, without its zone.
static QDateTime wallClock(const QCborValue &value, const QString &type)
{
    if (type == "date"_L1)
        return dateFromText(value.toString()).startOfDay(Qt::UTC);
    if (type == "time"_L1)
        return QDateTime(QDate(2000, 1, 1), timeFromText(value.toString()), Qt::UTC);
    const QDateTime time = dateTimeFromText(value.toString());
    return QDateTime(time.date(), time.time(), Qt::UTC);
}

/// What stands behind the time in \a text: "Z", "+01:00", "Europe/Berlin", "local".
static QString zoneOf(const QString &text)
{
    const QDateTime time = dateTimeFromText(text);
    if (time.timeSpec() == Qt::LocalTime)
        return u"local"_s;
    return time.timeSpec() == Qt::TimeZone
        ? QString::fromLatin1(time.timeZone().id())
        : dateTimeText(time).mid(dateText(time.date()).size() + timeText(time.time()).size() + 1);
}

bool MomentInput::canEdit(const FieldFact &fact)
{
    const bool isMoment =
        fact.type == "date-time"_L1 || fact.type == "date"_L1 || fact.type == "time"_L1;
    const int year = wallClock(fact.defaultValue, fact.type).date().year();
    const bool isNone = !fact.defaultValue.isString();
    return isMoment && (isNone || (year >= 100 && year <= 9999));
}

MomentInput::MomentInput(const FieldFact &fact, QWidget *parent)
    : ValueInput(fact, parent)
{
    if (fact.defaultValue.isNull())
        createCheck();
    createEdit();
    if (fact.type == "date-time"_L1)
        createZones();
}

void MomentInput::createCheck()
{
    m_check = new QCheckBox(this);
    m_check->setToolTip(tr("Whether there is one"));
    m_check->setAccessibleName(tr("Whether there is a %1").arg(fact().name));
    connect(m_check, &QCheckBox::toggled, this, [this](bool isChecked) {
        m_edit->setEnabled(isChecked);
        Q_EMIT changed();
    });
    place(m_check);
}

void MomentInput::createEdit()
{
    m_edit = new QDateTimeEdit(this);
    m_edit->setTimeSpec(Qt::UTC); // a wall clock: no hour is missing
    m_edit->setDateRange(QDate(100, 1, 1), QDate(9999, 12, 31));
    m_edit->setCalendarPopup(fact().type != "time"_L1);
    m_edit->setDisplayFormat(fact().type == "date"_L1       ? u"yyyy-MM-dd"_s
                                 : fact().type == "time"_L1 ? u"HH:mm:ss.zzz"_s
                                                            : u"yyyy-MM-dd HH:mm:ss.zzz"_s);
    m_edit->setDateTime(QDateTime(QDate::currentDate(), QTime(12, 0), Qt::UTC));
    m_edit->setEnabled(!m_check);
    m_edit->setMinimumWidth(80);
    m_edit->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(m_edit, &QDateTimeEdit::dateTimeChanged, this, &MomentInput::changed);
    place(m_edit);
    m_edit->setAccessibleName(fact().name);
}

void MomentInput::createZones()
{
    m_zone = new QComboBox(this);
    m_zone->setAccessibleName(tr("Time zone of %1").arg(fact().name));
    m_zone->addItem(tr("UTC"), u"Z"_s);
    m_zone->addItem(tr("local"), u"local"_s);
    m_zone->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(m_zone, &QComboBox::currentIndexChanged, this, &MomentInput::changed);
    place(m_zone);
}

/// The value as the text that travels.
QString MomentInput::text() const
{
    const QDateTime wall = m_edit->dateTime();
    if (fact().type == "date"_L1)
        return dateText(wall.date());
    if (fact().type == "time"_L1)
        return timeText(wall.time());
    const QString zone = m_zone->currentData().toString();
    const QString local = dateText(wall.date()) + u'T' + timeText(wall.time());
    if (zone == "local"_L1)
        return dateTimeText(QDateTime(wall.date(), wall.time(), Qt::LocalTime));
    if (zone.startsWith(u'Z') || zone.startsWith(u'+') || zone.startsWith(u'-'))
        return local + zone;
    return dateTimeText(QDateTime(wall.date(), wall.time(), QTimeZone(zone.toLatin1())));
}

Result<QCborValue> MomentInput::read(const QString &path) const
{
    Q_UNUSED(path)
    if (!m_edit->isEnabled())
        return QCborValue(nullptr);
    return QCborValue(text() == m_shownText ? m_writtenText : text());
}

void MomentInput::write(const QCborValue &value)
{
    if (m_check)
        m_check->setChecked(value.isString());
    const QDateTime wall = wallClock(value, fact().type);
    if (!wall.isValid())
        return;
    m_edit->setDateTime(wall);
    if (m_zone)
        chooseZone(zoneOf(value.toString()));
    m_writtenText = value.toString();
    m_shownText = text();
}

void MomentInput::chooseZone(const QString &zone)
{
    if (m_zone->findData(zone) < 0)
        m_zone->addItem(zone, zone);
    m_zone->setCurrentIndex(m_zone->findData(zone));
}

} // namespace Fanfare
