// SPDX-License-Identifier: MIT
#include "fanfare/plugins/quarantine.h"

#include <QJsonArray>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr qsizetype maximumRecords = 1000; ///< the oldest go first

static QJsonObject toJson(const CrashRecord &record)
{
    return {{u"hash"_s, QString::fromLatin1(record.hash.toHex())},
            {u"plugin"_s, record.plugin},
            {u"handler"_s, record.handler},
            {u"crashes"_s, record.crashes},
            {u"place"_s, record.place == CrashPlace::Threads ? u"threads"_s : u"processes"_s},
            {u"text"_s, record.text},
            {u"time"_s, record.time.toUTC().toString(Qt::ISODateWithMs)}};
}

static CrashRecord fromJson(const QJsonObject &json)
{
    CrashRecord record;
    record.hash = QByteArray::fromHex(json.value("hash"_L1).toString().toLatin1());
    record.plugin = json.value("plugin"_L1).toString();
    record.handler = json.value("handler"_L1).toString();
    record.crashes = json.value("crashes"_L1).toInt();
    record.place =
        json.value("place"_L1) == "threads"_L1 ? CrashPlace::Threads : CrashPlace::Processes;
    record.text = json.value("text"_L1).toString();
    record.time = QDateTime::fromString(json.value("time"_L1).toString(), Qt::ISODateWithMs);
    return record;
}

/// Entries that make no sense are left out; nobody is kept from running by accident.
static QList<CrashRecord> recordsOf(const QJsonObject &content)
{
    QList<CrashRecord> records;
    for (const QJsonValue value : content.value("handlers"_L1).toArray()) {
        const CrashRecord record = fromJson(value.toObject());
        if (record.hash.size() == 32 && !record.handler.isEmpty() && record.crashes > 0)
            records.append(record);
    }
    return records;
}

static void setRecords(QJsonObject &content, const QList<CrashRecord> &records)
{
    QJsonArray array;
    for (const CrashRecord &record : records)
        array.append(toJson(record));
    content[u"handlers"_s] = array;
}

Quarantine::Quarantine(const QString &folder)
    : m_isKept(!folder.isEmpty())
    , m_file(folder + u"/quarantine.json"_s)
{
    reload();
}

static bool isAbout(const CrashRecord &record, const QByteArray &hash, const QString &handler)
{
    return record.hash == hash && record.handler == handler;
}

const CrashRecord *Quarantine::find(const QByteArray &hash, const QString &handler) const
{
    const auto found = std::find_if(m_records.cbegin(), m_records.cend(), [&](const auto &record) {
        return isAbout(record, hash, handler);
    });
    return found == m_records.cend() ? nullptr : &*found;
}

bool Quarantine::reload()
{
    if (!m_isKept)
        return false;
    const StateFile::Reading reading = m_file.read();
    m_problem = reading.problem;
    return recordsOf(reading.content) != std::exchange(m_records, recordsOf(reading.content));
}

void Quarantine::update(const Change &change)
{
    if (!m_isKept)
        return;
    QList<CrashRecord> records;
    const auto written = m_file.update([&](QJsonObject &content) {
        records = recordsOf(content);
        const QList<CrashRecord> before = records;
        change(records);
        if (records != before)
            setRecords(content, records);
    });
    m_problem = written ? written->problem : written.error().message;
    if (!written) // then at least this program remembers
        change(records = m_records);
    m_records = records;
}

void Quarantine::count(const CrashRecord &crash)
{
    update([&crash](QList<CrashRecord> &records) {
        CrashRecord counted = crash;
        counted.crashes = 1;
        records.removeIf([&](const CrashRecord &record) {
            const bool isSame = isAbout(record, crash.hash, crash.handler);
            counted.crashes += isSame ? record.crashes : 0;
            return isSame;
        });
        records.append(counted);
        if (records.size() > maximumRecords)
            records.removeFirst();
    });
}

bool Quarantine::lift(const QByteArray &hash, const QString &handler)
{
    if (!find(hash, handler))
        return false;
    update([&](QList<CrashRecord> &records) {
        records.removeIf([&](const CrashRecord &record) { return isAbout(record, hash, handler); });
    });
    return true;
}

QList<CrashRecord> Quarantine::liftNamed(const QString &name)
{
    QList<CrashRecord> lifted;
    update([&](QList<CrashRecord> &records) {
        lifted.clear();
        records.removeIf([&](const CrashRecord &record) {
            const bool isMeant =
                record.handler == name || record.plugin + u'/' + record.handler == name;
            if (isMeant)
                lifted.append(record);
            return isMeant;
        });
    });
    return lifted;
}

} // namespace Fanfare
