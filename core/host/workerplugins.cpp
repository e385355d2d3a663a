// SPDX-License-Identifier: MIT
#include "workerplugins.h"

#include <fanfare/plugins/filehash.h>
#include <fanfare/plugins/pluginlinking.h>
#include <fanfare/plugins/pluginloading.h>

#include <QDir>

namespace Fanfare {

using namespace Qt::StringLiterals;

/// Whether the file is still the one that was looked at.
static std::optional<LoadProblem> problemWithFile(const LoadRequest &request)
{
    if (!QDir::isAbsolutePath(request.path)) {
        return LoadProblem{u"relative-path"_s,
                           u"The path of the plugin, %1, is not absolute; a worker loads nothing "
                           "it would have to search for."_s.arg(request.path)};
    }
    if (request.hash.isEmpty())
        return {};
    const QByteArray hash = fileHash(request.path);
    if (hash.isEmpty()) {
        return LoadProblem{u"unreadable"_s,
                           u"The plugin %1 cannot be read any more; put it back or start "
                           "again."_s.arg(request.path)};
    }
    if (hash != request.hash) {
        return LoadProblem{u"hash-mismatch"_s,
                           u"The plugin %1 was changed since it was looked at; start again to use "
                           "the new one."_s.arg(request.path)};
    }
    return {};
}

static LoadProblem handlerMissing(const LoadRequest &request)
{
    return {u"handlers-differ"_s,
            u"%1 does not make its handler \"%2\"; correct its create()."_s.arg(request.path,
                                                                                request.handler)};
}

/// The handler object of \a request, or null when the plugin does not make it.
static std::shared_ptr<Handler> make(HandlerPlugin &plugin, const LoadRequest &request)
{
    try {
        return std::shared_ptr<Handler>(plugin.create(request.handler));
    } catch (...) { // whatever it was, there is no handler
        return nullptr;
    }
}

std::optional<LoadProblem> WorkerPlugins::load(quint32 number, const LoadRequest &request)
{
    if (auto problem = problemWithFile(request))
        return problem;
    const LoadedPlugin loaded = loadPlugin(request.path);
    if (loaded.refusal)
        return LoadProblem{loaded.refusal->code, loaded.refusal->message};
    std::shared_ptr<Handler> handler = make(*loaded.plugin, request);
    if (!handler)
        return handlerMissing(request);
    auto entry = std::make_unique<HandlerEntryPoint>(
        entryPoint(std::move(handler), {request.plugin, request.handler, request.path, {}}));
    std::lock_guard lock(m_mutex);
    if (m_handlers.size() <= number)
        m_handlers.resize(number + 1);
    if (!m_handlers[number]) // never replaced: a task may be about to use it
        m_handlers[number] = std::move(entry);
    return {};
}

const HandlerEntryPoint *WorkerPlugins::handler(quint32 number) const
{
    std::lock_guard lock(m_mutex);
    return number < m_handlers.size() ? m_handlers[number].get() : nullptr;
}

void WorkerPlugins::nameEvent(quint32 number, const QString &name)
{
    std::lock_guard lock(m_mutex);
    m_events.insert(number, name);
}

QString WorkerPlugins::eventName(quint32 number) const
{
    std::lock_guard lock(m_mutex);
    return m_events.value(number);
}

} // namespace Fanfare
