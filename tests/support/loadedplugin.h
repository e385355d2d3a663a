// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/handlerplugin.h>

#include <QPluginLoader>
#include <QStringList>

#include <memory>

namespace Fanfare::Test {

/// A bundled plugin as this build made it, loaded into the test. It is never unloaded.
class LoadedPlugin
{
public:
    explicit LoadedPlugin(const QString &name)
        : m_loader(QStringLiteral(FANFARE_TEST_PLUGIN_DIR "/%1.so").arg(name))
    {
    }

    /// Null when it cannot be loaded; errorString() says why.
    HandlerPlugin *operator->() { return qobject_cast<HandlerPlugin *>(m_loader.instance()); }
    explicit operator bool() { return qobject_cast<HandlerPlugin *>(m_loader.instance()); }
    QString errorString() const { return m_loader.errorString(); }
    QJsonObject metaData() const
    {
        return m_loader.metaData().value(QStringLiteral("MetaData")).toObject();
    }

    std::unique_ptr<Handler> handler(const QString &name)
    {
        return std::unique_ptr<Handler>(m_loader.instance() ? (*this)->create(name) : nullptr);
    }

    /// One line a handler: "name: kind of events", in the order of the plugin.
    QStringList handlerStory()
    {
        QStringList story;
        for (const QCborValue &entry : (*this)->handlers()) {
            const QCborMap map = entry.toMap();
            QStringList events;
            for (const QCborValue &event : map.value(QStringLiteral("events")).toArray())
                events.append(event.toString());
            story.append(QStringLiteral("%1: %2 of %3")
                             .arg(map.value(QStringLiteral("name")).toString(),
                                  map.value(QStringLiteral("kind")).toString(),
                                  events.join(QLatin1Char(' '))));
        }
        return story;
    }

private:
    QPluginLoader m_loader;
};

} // namespace Fanfare::Test
