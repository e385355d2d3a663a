// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QObject>
#include <QStringList>

class QAction;
class QSettings;

namespace Fanfare {

class ActionRegistry;

/// The scenarios that were played last, the newest first, as actions of the file menu.
class RecentFiles final : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype maximumCount = 8;

    RecentFiles(ActionRegistry &registry, QSettings &settings, QObject *parent = nullptr);

    QStringList paths() const { return m_paths; }
    void add(const QString &path);
    void remove(const QString &path); ///< it is not there any more

Q_SIGNALS:
    void openWanted(const QString &path);
    void changed();

private:
    void set(const QStringList &paths);
    void refreshActions();

    QSettings &m_settings;
    QStringList m_paths;
    QList<QAction *> m_actions; ///< always eight; those without a path are hidden
};

} // namespace Fanfare
