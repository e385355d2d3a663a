// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QHash>
#include <QStringList>

class QMainWindow;
class QSettings;

namespace Fanfare {

class ColumnChooser;

/// Remembers where the panes of a window are: as they were last, and under names of the user's. A
/// layout of another version is ignored, because docks may have come and gone since.
class WindowLayout final
{
public:
    /// Takes what \a window looks like now as the layout that reset() goes back to.
    WindowLayout(QMainWindow &window, QSettings &settings);

    /// From now on remembers the hidden columns of a tree as well; reset() shows all. \a name: how
    /// the settings know the tree. \a columns must stay until the last save().
    void remember(const QString &name, ColumnChooser &columns);

    void restore();
    void save();
    void reset(); ///< named layouts stay

    QByteArray current() const;          ///< where everything is at this moment
    void apply(const QByteArray &state); ///< nothing happens for one of another version

    QStringList names() const;                   ///< of the user's own layouts, sorted
    QByteArray named(const QString &name) const; ///< empty when there is none
    void setNamed(const QString &name, const QByteArray &state); ///< empty: forgets it

private:
    static constexpr int version = 3;

    QMainWindow &m_window;
    QSettings &m_settings;
    QByteArray m_original;
    QHash<QString, ColumnChooser *> m_columns; ///< by name
};

} // namespace Fanfare
