// SPDX-License-Identifier: MIT
#include "fanfare/plugins/statefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLockFile>
#include <QSaveFile>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr int patience = 2000; ///< ms for another program that changes the file
static constexpr auto ownerOnly = QFile::ReadOwner | QFile::WriteOwner;

QString defaultStateFolder()
{
    const QString folder = qEnvironmentVariable("XDG_STATE_HOME");
    return (QDir::isAbsolutePath(folder) ? folder : QDir::homePath() + u"/.local/state"_s)
        + u"/fanfare"_s;
}

/// A name beside \a path that nothing has, so that no older damage is lost either.
static QString freeName(const QString &path)
{
    QString name = path + u".damaged"_s;
    for (int i = 2; QFile::exists(name); ++i)
        name = u"%1.damaged-%2"_s.arg(path).arg(i);
    return name;
}

QString StateFile::setAside() const
{
    const QString aside = freeName(m_path);
    return QFile::rename(m_path, aside)
        ? u"%1 was damaged and is now called %2; what it held is not used."_s.arg(m_path, aside)
        : u"%1 is damaged and cannot be renamed; remove it."_s.arg(m_path);
}

/// Nothing when the file is damaged.
std::optional<StateFile::Reading> StateFile::readIntact() const
{
    QFile file(m_path);
    if (!file.exists())
        return Reading();
    if (!file.open(QIODevice::ReadOnly))
        return Reading{{}, u"%1 cannot be read: %2."_s.arg(m_path, file.errorString())};
    if (file.size() > maximumSize)
        return {};
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    return document.isObject() ? std::optional(Reading{document.object(), {}}) : std::nullopt;
}

/// Reading needs no lock, because the file is replaced in one step. Setting it aside does: somebody
/// else may have done so, and written a new one.
StateFile::Reading StateFile::read() const
{
    if (const auto reading = readIntact())
        return *reading;
    QLockFile lock(lockPath());
    return lock.tryLock(patience) ? readLocked() : Reading{{}, setAside()};
}

StateFile::Reading StateFile::readLocked() const
{
    const auto reading = readIntact();
    return reading ? *reading : Reading{{}, setAside()};
}

Result<StateFile::Reading> StateFile::update(const std::function<void(QJsonObject &)> &change) const
{
    const auto unwritable = [this](const QString &why) {
        return Error{ErrorCode::Unreadable,
                     u"%1 cannot be written (%2); make its folder writable."_s.arg(m_path, why)};
    };
    if (!QDir().mkpath(QFileInfo(m_path).path()))
        return unwritable(u"its folder cannot be made"_s);
    QLockFile lock(lockPath());
    if (!lock.tryLock(patience))
        return unwritable(u"another program holds it"_s);
    Reading reading = readLocked();
    const QJsonObject before = reading.content;
    change(reading.content);
    if (reading.content == before)
        return reading;
    QSaveFile file(m_path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(ownerOnly)
        || file.write(QJsonDocument(reading.content).toJson()) < 0 || !file.commit()) {
        return unwritable(file.errorString());
    }
    return reading;
}

} // namespace Fanfare
