// SPDX-License-Identifier: MIT
#include "fanfare/plugins/probeanswer.h"

#include <fanfare/plugins/pluginloading.h>

#include <QCborMap>

#include <exception>
#include <memory>

namespace Fanfare {

using namespace Qt::StringLiterals;

/// The names of the handlers that are listed but not made.
static QCborArray missingHandlers(HandlerPlugin &plugin, const QCborArray &handlers)
{
    QCborArray missing;
    for (const QCborValue &handler : handlers) {
        const QString name = handler.toMap().value("name"_L1).toString();
        if (name.isEmpty())
            continue; // the reader of the description complains about it
        const std::unique_ptr<Handler> made(plugin.create(name));
        if (!made)
            missing.append(name);
    }
    return missing;
}

static QCborMap describe(HandlerPlugin &plugin)
{
    const QCborArray handlers = plugin.handlers();
    return {{u"events"_s, plugin.events()},
            {u"handlers"_s, handlers},
            {u"missing"_s, missingHandlers(plugin, handlers)}};
}

static QCborMap refused(const PluginRefusal &refusal)
{
    return {{u"code"_s, refusal.code},
            {u"message"_s, refusal.message},
            {u"loaderText"_s, refusal.loaderText}};
}

static QCborMap thrown(const QString &path, const QString &what)
{
    return refused({u"crashed-at-load"_s,
                    u"%1 throws an exception when it is asked for its events and handlers; correct "
                    "the plugin."_s.arg(path),
                    what});
}

static QCborMap probe(const QString &path)
{
    const LoadedPlugin loaded = loadPlugin(path);
    if (loaded.refusal)
        return refused(*loaded.refusal);
    try {
        return describe(*loaded.plugin);
    } catch (const std::exception &exception) {
        return thrown(path, QString::fromUtf8(exception.what()));
    } catch (...) {
        return thrown(path, {});
    }
}

QByteArray probePlugin(const QString &path)
{
    return probe(path).toCborValue().toCbor();
}

static ProbeAnswer refusedAnswer(const QString &code, const QString &message)
{
    return {{}, PluginRefusal{code, message, {}}};
}

Result<ProbeAnswer> readProbeAnswer(const QString &path, const QByteArray &payload)
{
    const QCborValue value = QCborValue::fromCbor(payload);
    if (!value.isMap())
        return Error{ErrorCode::Protocol, u"the answer of the probe is no map"_s};
    const QCborMap map = value.toMap();
    if (map.contains("code"_L1)) {
        return ProbeAnswer{{},
                           PluginRefusal{map.value("code"_L1).toString(),
                                         map.value("message"_L1).toString(),
                                         map.value("loaderText"_L1).toString()}};
    }
    auto description =
        readDescription(map.value("events"_L1).toArray(), map.value("handlers"_L1).toArray());
    if (!description) {
        return refusedAnswer(u"bad-description"_s,
                             u"%1 describes itself wrongly: %2; correct the plugin."_s.arg(
                                 path, description.error().message));
    }
    const QCborArray missing = map.value("missing"_L1).toArray();
    if (!missing.isEmpty()) {
        return refusedAnswer(u"handlers-differ"_s,
                             u"%1 lists the handler \"%2\" but does not make it; correct its "
                             "create()."_s.arg(path, missing.first().toString()));
    }
    return ProbeAnswer{*std::move(description), {}};
}

} // namespace Fanfare
