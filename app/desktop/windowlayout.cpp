// SPDX-License-Identifier: MIT
#include "windowlayout.h"

#include <QMainWindow>
#include <QSettings>

namespace Fanfare {

static constexpr QLatin1StringView versionKey("window/layoutVersion");
static constexpr QLatin1StringView stateKey("window/state");
static constexpr QLatin1StringView geometryKey("window/geometry");

WindowLayout::WindowLayout(QMainWindow &window, QSettings &settings)
    : m_window(window)
    , m_settings(settings)
    , m_original(window.saveState(version))
{
}

void WindowLayout::restore()
{
    if (m_settings.value(versionKey).toInt() != version)
        return;
    m_window.restoreGeometry(m_settings.value(geometryKey).toByteArray());
    m_window.restoreState(m_settings.value(stateKey).toByteArray(), version);
}

void WindowLayout::save()
{
    m_settings.setValue(versionKey, version);
    m_settings.setValue(geometryKey, m_window.saveGeometry());
    m_settings.setValue(stateKey, m_window.saveState(version));
}

void WindowLayout::reset()
{
    for (const auto key : {versionKey, geometryKey, stateKey})
        m_settings.remove(key);
    m_window.restoreState(m_original, version);
}

} // namespace Fanfare
