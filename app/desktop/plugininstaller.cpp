// SPDX-License-Identifier: MIT
#include "plugininstaller.h"

#include <fanfare/engine/enginelink.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cstdio>

namespace Fanfare {

using namespace Qt::StringLiterals;

static QString tr(const char *text)
{
    return QCoreApplication::translate("PluginInstaller", text);
}

/// What has the name of a new plugin file goes to the trash. Empty where there is none: then it is
/// overwritten.
static RemovedPlugin movedAway(const QString &file)
{
    const bool isFile = QFileInfo(file).isFile();
    const Result<RemovedPlugin> removed = isFile ? removePlugin(file) : RemovedPlugin();
    return removed ? *removed : RemovedPlugin();
}

InstalledPlugin installPlugin(const QString &file, const QString &folder)
{
    const QString name = QFileInfo(file).fileName();
    const QString target = folder + u'/' + name;
    const QString source = QFileInfo(file).canonicalFilePath();
    if (!source.isEmpty() && source == QFileInfo(target).canonicalFilePath())
        return {tr("%1 is in the plugin folder already.").arg(name), {}};
    const bool isUpdate = QFileInfo::exists(target);
    const QString temporary = u"%1/.%2.new"_s.arg(folder, name); // hidden: nobody looks at it
    QFile::remove(temporary);
    QFile original(file);
    if (!original.copy(temporary)) {
        return {tr("%1 could not be copied into %2 (%3); check who may write there.")
                    .arg(name, folder, original.errorString()),
                {}};
    }
    QFile::setPermissions(temporary, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    const RemovedPlugin former = isUpdate ? movedAway(target) : RemovedPlugin();
    if (std::rename(QFile::encodeName(temporary).constData(), QFile::encodeName(target).constData())
        != 0) {
        QFile::remove(temporary);
        if (!former.trashed.isEmpty())
            (void)restorePlugin(former);
        return {
            tr("%1 could not be put into %2; remove what has its name there.").arg(name, folder),
            {}};
    }
    const QString sentence = (isUpdate ? tr("%1 was replaced in the plugin folder %2.")
                                       : tr("%1 was copied into the plugin folder %2."))
                                 .arg(name, folder);
    return {sentence, target, former};
}

QString installFolder(const EngineOptions &options)
{
    const QStringList &folders = options.pluginFolders;
    const bool isSafe = folders == QStringList{bundledPluginFolder()};
    return isSafe || folders.isEmpty() || folders.contains(userPluginFolder()) ? userPluginFolder()
                                                                               : folders.last();
}

PluginInstaller::PluginInstaller(QObject *parent)
    : QObject(parent)
{
}

PluginInstaller::~PluginInstaller() = default;

void PluginInstaller::install(const QStringList &files, const QString &folder)
{
    m_thread = std::jthread(
        [this, files, folder, former = std::move(m_thread)](std::stop_token stop) mutable {
            if (former.joinable())
                former.join();
            QList<InstalledPlugin> plugins;
            for (const QString &file : files) {
                if (!stop.stop_requested())
                    plugins.append(installPlugin(file, folder));
            }
            QMetaObject::invokeMethod(
                this, [this, plugins] { Q_EMIT installed(plugins); }, Qt::QueuedConnection);
        });
}

} // namespace Fanfare
