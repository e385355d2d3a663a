// SPDX-License-Identifier: MIT
#pragma once

#include "linkharness.h"

#include <support/versionedplugin.h>

#include <QDir>
#include <QTemporaryDir>

namespace Fanfare::Test {

/// A folder with the fixture "ruled", and a place where an engine remembers what it did.
class RuledFolder
{
public:
    RuledFolder()
    {
        QDir(m_root.path()).mkdir(QStringLiteral("plugins"));
        install(1);
    }

    void install(int build) { renameOver(file(), versionedBuild(build, QStringLiteral("ruled"))); }

    EngineOptions options(ExecutorKind executor, int workers = 2) const
    {
        EngineOptions options = bundledOptions();
        options.pluginFolders = {m_root.filePath(QStringLiteral("plugins"))};
        options.executor = executor;
        options.workers = workers;
        options.rules = {state(), m_root.filePath(QStringLiteral("policies.json"))};
        return options;
    }

    QString state() const { return m_root.filePath(QStringLiteral("state")); }
    QString file() const { return m_root.filePath(QStringLiteral("plugins/ruled.so")); }

private:
    QTemporaryDir m_root;
};

inline const HandlerFact *handlerOf(const LinkHarness &harness, const QString &name)
{
    for (const PluginFact &plugin : harness.link.catalog().plugins) {
        for (const HandlerFact &handler : plugin.handlers) {
            if (handler.name == name)
                return &handler;
        }
    }
    return nullptr;
}

/// The reasons and outcomes of the tasks of one emission of \a command.
inline QStringList endsOf(LinkHarness &harness, const EmitCommand &command, int timeout = 30'000)
{
    const size_t before = harness.spans.size();
    const size_t detailsBefore = harness.details.size();
    harness.idleCount = 0;
    const auto accepted = harness.link.emitEvent(command);
    if (!accepted)
        return {accepted.error().message};
    harness.waitForIdle(timeout);
    QStringList ends;
    for (size_t i = before; i < harness.spans.size(); ++i)
        ends.append(outcomeName(harness.spans[i].outcome));
    for (size_t i = detailsBefore; i < harness.details.size(); ++i) {
        if (harness.details[i].reason != QStringLiteral("crashed")
            && !harness.details[i].reason.isEmpty())
            ends.append(harness.details[i].reason);
    }
    return ends;
}

} // namespace Fanfare::Test
