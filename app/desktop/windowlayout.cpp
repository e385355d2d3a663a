// SPDX-License-Identifier: MIT
#include "windowlayout.h"

#include "panes/columnchooser.h"

#include <QMainWindow>
#include <QSettings>
#include <QUrl>

namespace Fanfare {

static constexpr QLatin1StringView versionKey("window/layoutVersion");
static constexpr QLatin1StringView stateKey("window/state");
static constexpr QLatin1StringView geometryKey("window/geometry");
static constexpr QLatin1StringView columnsGroup("window/hiddenColumns/");
static constexpr QLatin1StringView namedGroup("layouts");

/// Names hold what keys of settings must not, such as slashes.
static QString keyOf(const QString &name)
{
    return namedGroup + u'/' + QString::fromLatin1(QUrl::toPercentEncoding(name));
}

WindowLayout::WindowLayout(QMainWindow &window, QSettings &settings)
    : m_window(window)
    , m_settings(settings)
    , m_original(window.saveState(version))
{
}

void WindowLayout::remember(const QString &name, ColumnChooser &columns)
{
    m_columns.insert(name, &columns);
}

void WindowLayout::restore()
{
    for (auto it = m_columns.cbegin(); it != m_columns.cend(); ++it)
        it.value()->setHidden(m_settings.value(columnsGroup + it.key()).toStringList());
    if (m_settings.value(versionKey).toInt() != version)
        return;
    m_window.restoreGeometry(m_settings.value(geometryKey).toByteArray());
    m_window.restoreState(m_settings.value(stateKey).toByteArray(), version);
}

void WindowLayout::save()
{
    for (auto it = m_columns.cbegin(); it != m_columns.cend(); ++it)
        m_settings.setValue(columnsGroup + it.key(), it.value()->hidden());
    m_settings.setValue(versionKey, version);
    m_settings.setValue(geometryKey, m_window.saveGeometry());
    m_settings.setValue(stateKey, m_window.saveState(version));
}

void WindowLayout::reset()
{
    for (const auto key : {versionKey, geometryKey, stateKey})
        m_settings.remove(key);
    for (auto it = m_columns.cbegin(); it != m_columns.cend(); ++it) {
        m_settings.remove(columnsGroup + it.key());
        it.value()->setHidden({});
    }
    m_window.restoreState(m_original, version);
}

QByteArray WindowLayout::current() const
{
    return m_window.saveState(version);
}

void WindowLayout::apply(const QByteArray &state)
{
    m_window.restoreState(state, version);
}

QStringList WindowLayout::names() const
{
    QStringList names;
    m_settings.beginGroup(namedGroup);
    for (const QString &key : m_settings.childKeys())
        names.append(QUrl::fromPercentEncoding(key.toLatin1()));
    m_settings.endGroup();
    names.sort(Qt::CaseInsensitive);
    return names;
}

QByteArray WindowLayout::named(const QString &name) const
{
    return m_settings.value(keyOf(name)).toByteArray();
}

void WindowLayout::setNamed(const QString &name, const QByteArray &state)
{
    if (state.isEmpty())
        m_settings.remove(keyOf(name));
    else
        m_settings.setValue(keyOf(name), state);
}

} // namespace Fanfare
