// SPDX-License-Identifier: MIT
#include "pluginremover.h"

#include "panes/messagearea.h"
#include "plugininstaller.h"
#include "session.h"
#include "undostep.h"

#include <fanfare/engine/enginelink.h>

#include <QFile>
#include <QFileInfo>
#include <QUndoStack>

#include <memory>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr QLatin1StringView messageKey("plugin-removal");

/// Empty when the file or its folder is not there.
static QString folderOf(const QString &file)
{
    return QFileInfo(QFileInfo(file).absolutePath()).canonicalFilePath();
}

Result<void> mayRemovePlugin(const QString &file, const QString &folder)
{
    const QString name = QFileInfo(file).fileName();
    const QString place = folderOf(file);
    if (place == QFileInfo(bundledPluginFolder()).canonicalFilePath()) {
        return Error{
            ErrorCode::InvalidArgument,
            PluginRemover::tr("%1 comes with Fanfare and cannot be uninstalled. Disable it "
                              "instead (Space).")
                .arg(name)};
    }
    if (place.isEmpty() || place != QFileInfo(folder).canonicalFilePath()) {
        return Error{ErrorCode::InvalidArgument,
                     PluginRemover::tr("%1 is not in your plugin folder %2 and stays. Remove it "
                                       "from %3 yourself, or disable it (Space).")
                         .arg(name, folder, QFileInfo(file).absolutePath())};
    }
    return {};
}

Result<RemovedPlugin> removePlugin(const QString &file)
{
    QFile moved(file);
    if (moved.moveToTrash() && moved.fileName() != file)
        return RemovedPlugin{file, moved.fileName()};
    return Error{
        ErrorCode::Unreadable,
        PluginRemover::tr("%1 could not be moved to the trash (%2). Remove it from its "
                          "folder %3 yourself.")
            .arg(QFileInfo(file).fileName(), moved.errorString(), QFileInfo(file).absolutePath())};
}

Result<void> restorePlugin(const RemovedPlugin &plugin)
{
    const QFileInfo trashed(plugin.trashed);
    const QString name = QFileInfo(plugin.file).fileName();
    if (QFileInfo::exists(plugin.file)) {
        return Error{
            ErrorCode::InvalidArgument,
            PluginRemover::tr("%1 stays in the trash: another file has its name now.").arg(name)};
    }
    if (!QFile::rename(plugin.trashed, plugin.file)) {
        return Error{ErrorCode::NotFound,
                     PluginRemover::tr("%1 cannot be brought back: it is not in the trash any "
                                       "more. Install it again.")
                         .arg(name)};
    }
    // What the trash knew about it, see the trash specification of freedesktop.org.
    QFile::remove(u"%1/../info/%2.trashinfo"_s.arg(trashed.absolutePath(), trashed.fileName()));
    return {};
}

PluginRemover::PluginRemover(Session &session, MessageArea &area, QUndoStack &undo, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_area(area)
    , m_undo(undo)
{
}

void PluginRemover::remove(const QStringList &files)
{
    const QStringList chosen = removable(files);
    if (chosen.isEmpty())
        return;
    QStringList names;
    for (const QString &file : chosen)
        names.append(QFileInfo(file).fileName());
    const auto removed = std::make_shared<QList<RemovedPlugin>>();
    m_undo.push(new UndoStep(
        tr("uninstall %1").arg(names.join(u", "_s)),
        [this, chosen, removed] { *removed = removeAll(chosen); },
        [this, removed] { restoreAll(*removed); }));
}

/// Those of \a files that may be uninstalled; says why the others may not.
QStringList PluginRemover::removable(const QStringList &files)
{
    QStringList chosen;
    QStringList refusals;
    if (files.isEmpty())
        refusals.append(
            tr("Choose the row of a plugin first: its events and handlers go with it."));
    for (const QString &file : files) {
        const Result<void> allowed = mayRemovePlugin(file, installFolder(m_session.options()));
        if (allowed)
            chosen.append(file);
        else
            refusals.append(allowed.error().message);
    }
    if (!refusals.isEmpty())
        tell(Accent::Caution, refusals);
    return chosen;
}

QList<RemovedPlugin> PluginRemover::removeAll(const QStringList &files)
{
    QList<RemovedPlugin> removed;
    QStringList names;
    QStringList problems;
    for (const QString &file : files) {
        const Result<RemovedPlugin> plugin = removePlugin(file);
        if (plugin) {
            removed.append(*plugin);
            names.append(QFileInfo(file).fileName());
        } else {
            problems.append(plugin.error().message);
        }
    }
    m_session.rescanPlugins();
    if (!problems.isEmpty()) {
        tell(Accent::Caution, problems);
    } else {
        tell(Accent::Neutral,
             {tr("%1 was uninstalled. Undo (Ctrl+Z) brings it back from the trash.")
                  .arg(names.join(u", "_s))});
    }
    return removed;
}

void PluginRemover::restoreAll(const QList<RemovedPlugin> &plugins)
{
    QStringList problems;
    for (const RemovedPlugin &plugin : plugins) {
        const Result<void> restored = restorePlugin(plugin);
        if (!restored)
            problems.append(restored.error().message);
    }
    m_session.rescanPlugins();
    if (problems.isEmpty())
        m_area.withdraw(messageKey);
    else
        tell(Accent::Caution, problems);
}

void PluginRemover::tell(Accent accent, const QStringList &sentences)
{
    m_area.showMessage({messageKey, accent, sentences.join(u'\n'), {}, {}});
}

} // namespace Fanfare
