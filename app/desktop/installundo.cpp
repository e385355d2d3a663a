// SPDX-License-Identifier: MIT
#include "installundo.h"

#include "panes/messagearea.h"
#include "session.h"
#include "undostep.h"

#include <QFileInfo>
#include <QUndoStack>

#include <memory>

namespace Fanfare {

using namespace Qt::StringLiterals;

InstallUndo::InstallUndo(Session &session, MessageArea &area, QUndoStack &undo, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_area(area)
    , m_undo(undo)
{
}

void InstallUndo::remember(const QList<InstalledPlugin> &plugins)
{
    const auto places = std::make_shared<QList<Place>>();
    QStringList names;
    for (const InstalledPlugin &plugin : plugins) {
        if (plugin.file.isEmpty())
            continue;
        places->append({plugin.file, plugin.former, {}});
        names.append(QFileInfo(plugin.file).fileName());
    }
    if (places->isEmpty())
        return;
    const auto isDone = std::make_shared<bool>(true); // when the step gets onto the stack
    m_undo.push(new UndoStep(
        tr("install %1").arg(names.join(u", "_s)),
        [this, places, isDone] {
            if (!std::exchange(*isDone, false))
                doAgain(*places);
        },
        [this, places] { takeBack(*places); }));
}

/// Moves \a file away and puts \a other in its place; each may be missing from the start. Returns
/// where the file is now. Nothing, and the reason in \a problems, when all stays as it is.
static std::optional<RemovedPlugin> exchanged(const QString &file, const RemovedPlugin &other,
                                              QStringList &problems)
{
    if (!other.file.isEmpty() && !QFileInfo::exists(other.trashed)) {
        problems.append(InstallUndo::tr("%1 stays as it is: what it would give way to is not in "
                                        "the trash any more.")
                            .arg(QFileInfo(file).fileName()));
        return {};
    }
    RemovedPlugin moved;
    if (QFileInfo::exists(file)) {
        const Result<RemovedPlugin> removed = removePlugin(file);
        if (!removed) {
            problems.append(removed.error().message);
            return {};
        }
        moved = *removed;
    }
    const Result<void> restored = other.file.isEmpty() ? Result<void>() : restorePlugin(other);
    if (!restored)
        problems.append(restored.error().message);
    return moved;
}

void InstallUndo::takeBack(QList<Place> &places)
{
    QStringList problems;
    for (Place &place : places)
        place.latter = exchanged(place.file, place.former, problems);
    tell(problems);
}

void InstallUndo::doAgain(QList<Place> &places)
{
    QStringList problems;
    for (Place &place : places) {
        if (!place.latter) // it was not taken back
            continue;
        place.former = exchanged(place.file, *place.latter, problems).value_or(place.former);
    }
    tell(problems);
}

/// The same place in which the installation was told: that is over.
void InstallUndo::tell(const QStringList &problems)
{
    m_session.rescanPlugins();
    if (problems.isEmpty())
        m_area.withdraw(u"plugins"_s);
    else
        m_area.showMessage({u"plugins"_s, Accent::Caution, problems.join(u'\n'), {}, {}});
}

} // namespace Fanfare
