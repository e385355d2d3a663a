// SPDX-License-Identifier: MIT
#include "fanfare/processes/crashstore.h"

#include <fanfare/base/clock.h>

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr qint64 second = 1'000'000'000;
static constexpr int maximumPerSecond = 10;
static constexpr auto ownerOnly = QFile::ReadOwner | QFile::WriteOwner;

QString CrashStore::defaultFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + u"/fanfare/crashes"_s;
}

bool CrashStore::isDue(qint64 now)
{
    if (now - m_second >= second) {
        m_second = now;
        m_inSecond = 0;
    }
    return m_inSecond++ < maximumPerSecond;
}

static QString fileName(int turn)
{
    return u"crash-%1.json"_s.arg(turn, 3, 10, QLatin1Char('0'));
}

/// Behind the newest file.
int CrashStore::findTurn() const
{
    const QFileInfoList files =
        QDir(m_folder).entryInfoList({u"crash-???.json"_s}, QDir::Files, QDir::Time);
    return files.isEmpty() ? 0 : (files.first().fileName().mid(6, 3).toInt() + 1) % fileCount;
}

void CrashStore::keep(const QCborMap &report)
{
    if (!isDue(MonotonicClock::now()) || !QDir().mkpath(m_folder))
        return;
    QFile::setPermissions(m_folder, ownerOnly | QFile::ExeOwner);
    if (m_turn < 0)
        m_turn = findTurn();
    QFile file(m_folder + u'/' + fileName(m_turn));
    m_turn = (m_turn + 1) % fileCount;
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || !file.setPermissions(ownerOnly))
        return;
    file.write(QJsonDocument(report.toJsonObject()).toJson());
}

} // namespace Fanfare
