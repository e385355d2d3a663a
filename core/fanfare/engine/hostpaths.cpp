// SPDX-License-Identifier: MIT
#include "fanfare/engine/enginelink.h"

#include <QCoreApplication>
#include <QDir>
#include <QStandardPaths>

namespace Fanfare {

using namespace Qt::StringLiterals;

static QString besideApplication(const QString &path)
{
    return QDir::cleanPath(QCoreApplication::applicationDirPath() + u'/' + path);
}

QString bundledPluginFolder()
{
    return besideApplication(u"../lib/fanfare/plugins"_s);
}

QString userPluginFolder()
{
    const QString data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return data + u"/fanfare/plugins"_s;
}

bool makeUserPluginFolder()
{
    const QString folder = userPluginFolder();
    if (QFileInfo(folder).isDir())
        return true;
    return QDir().mkpath(QFileInfo(folder).path())
        && QDir().mkdir(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

} // namespace Fanfare
