// SPDX-License-Identifier: MIT
#include "recentfiles.h"

#include "actionregistry.h"

#include <QAction>
#include <QFileInfo>
#include <QSettings>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr QLatin1StringView recentFilesKey("window/recentFiles");

RecentFiles::RecentFiles(ActionRegistry &registry, QSettings &settings, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_paths(settings.value(recentFilesKey).toStringList().mid(0, maximumCount))
{
    for (int i = 0; i < maximumCount; ++i) {
        m_actions.append(registry.add({.id = u"file.recent.%1"_s.arg(i + 1),
                                       .menu = ActionMenu::File,
                                       .text = {},
                                       .tip = {},
                                       .icon = u"play"_s,
                                       .submenu = tr("Recent scenarios")}));
        connect(m_actions.constLast(), &QAction::triggered, this, [this, i] {
            if (i < m_paths.size())
                Q_EMIT openWanted(m_paths[i]);
        });
    }
    refreshActions();
}

void RecentFiles::add(const QString &path)
{
    QStringList paths = m_paths;
    paths.removeAll(path);
    paths.prepend(path);
    set(paths.mid(0, maximumCount));
}

void RecentFiles::remove(const QString &path)
{
    QStringList paths = m_paths;
    paths.removeAll(path);
    set(paths);
}

void RecentFiles::set(const QStringList &paths)
{
    m_paths = paths;
    m_settings.setValue(recentFilesKey, paths);
    refreshActions();
    Q_EMIT changed();
}

void RecentFiles::refreshActions()
{
    for (qsizetype i = 0; i < maximumCount; ++i) {
        const bool isThere = i < m_paths.size();
        m_actions[i]->setVisible(isThere);
        m_actions[i]->setEnabled(isThere);
        if (isThere) {
            m_actions[i]->setText(tr("Play %1").arg(QFileInfo(m_paths[i]).fileName()));
            m_actions[i]->setToolTip(m_paths[i]);
        }
    }
}

} // namespace Fanfare
