// SPDX-License-Identifier: MIT
#include "fanfare/processes/hostexecutable.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace Fanfare {

using namespace Qt::StringLiterals;

static QString besideApplication(const QString &path)
{
    return QDir::cleanPath(QCoreApplication::applicationDirPath() + u'/' + path);
}

QString hostExecutable()
{
    const QString given = qEnvironmentVariable("FANFARE_HOST");
    if (!given.isEmpty())
        return given;
    const QString neighbor = besideApplication(u"fanfare-host"_s);
    const QString installed = besideApplication(u"../libexec/fanfare/fanfare-host"_s);
    return !QFileInfo::exists(neighbor) && QFileInfo::exists(installed) ? installed : neighbor;
}

} // namespace Fanfare
