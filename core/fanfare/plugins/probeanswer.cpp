// SPDX-License-Identifier: MIT
#include "fanfare/plugins/probeanswer.h"

#include <fanfare/ipc/frame.h>
#include <fanfare/plugins/pluginloading.h>

#include <QCborMap>

#include <exception>
#include <memory>
#include <new>

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

/// More than anybody can look at; and an answer has to fit into one frame.
static constexpr qsizetype maximumHandlers = 10'000;
static constexpr qsizetype maximumText = 4096; // characters of a sentence

using Reached = std::function<void(ProbeStage)>;

static QCborMap refused(const PluginRefusal &refusal)
{
    return {{u"code"_s, refusal.code},
            {u"message"_s, refusal.message},
            {u"loaderText"_s, refusal.loaderText}};
}

static PluginRefusal tooMuch(const QString &path)
{
    return {u"bad-description"_s,
            u"%1 lists more than %2 handlers or events, or 16 MiB of them; list fewer and tell "
            "them apart by arguments."_s.arg(path)
                .arg(maximumHandlers),
            {}};
}

static QCborMap describe(HandlerPlugin &plugin, const QString &path, const Reached &reached)
{
    reached(ProbeStage::Listing);
    const QCborArray handlers = plugin.handlers();
    const QCborArray events = plugin.events();
    if (handlers.size() > maximumHandlers || events.size() > maximumHandlers) {
        return refused(tooMuch(path));
    }
    reached(ProbeStage::Making);
    return {{u"events"_s, events},
            {u"handlers"_s, handlers},
            {u"missing"_s, missingHandlers(plugin, handlers)}};
}

static QCborMap thrown(const QString &path, ProbeStage stage, const QString &what)
{
    if (stage == ProbeStage::Making) {
        return refused({u"crashed-at-create"_s,
                        u"%1 throws an exception when its handlers are made; correct its "
                        "create()."_s.arg(path),
                        what});
    }
    return refused({u"crashed-listing"_s,
                    u"%1 throws an exception when it is asked for its events and handlers; correct "
                    "the plugin."_s.arg(path),
                    what});
}

static QCborMap probe(const QString &path, const Reached &reached)
{
    reached(ProbeStage::Loading);
    const LoadedPlugin loaded = loadPlugin(path, [&] { reached(ProbeStage::Creating); });
    if (loaded.refusal)
        return refused(*loaded.refusal);
    auto stage = ProbeStage::Listing;
    const auto note = [&](ProbeStage next) {
        stage = next;
        reached(next);
    };
    try {
        return describe(*loaded.plugin, path, note);
    } catch (const std::bad_alloc &) {
        return refused(outOfMemory(path));
    } catch (const std::exception &exception) {
        return thrown(path, stage, QString::fromUtf8(exception.what()));
    } catch (...) {
        return thrown(path, stage, {});
    }
}

QByteArray probePlugin(const QString &path, const Reached &reached)
{
    const Reached nowhere = [](ProbeStage) {};
    const QByteArray payload = probe(path, reached ? reached : nowhere).toCborValue().toCbor();
    return payload.size() <= maximumPayload ? payload : encodeRefusal(tooMuch(path));
}

QByteArray encodeRefusal(const PluginRefusal &refusal)
{
    return refused(refusal).toCborValue().toCbor();
}

static ProbeAnswer refusedAnswer(const QString &code, const QString &message)
{
    return {{}, PluginRefusal{code, message, {}}};
}

/// Foreign code ran in the process that says this, and may have damaged it.
static Result<ProbeAnswer> readRefusal(const QCborMap &map)
{
    const auto text = [&](QLatin1StringView key) {
        return map.value(key).toString().left(maximumText);
    };
    PluginRefusal refusal{text("code"_L1), text("message"_L1), text("loaderText"_L1)};
    if (refusal.code.isEmpty() || refusal.message.isEmpty())
        return Error{ErrorCode::Protocol, u"the probe refuses the plugin without a reason"_s};
    return ProbeAnswer{{}, std::move(refusal)};
}

Result<ProbeAnswer> readProbeAnswer(const QString &path, const QByteArray &payload)
{
    const QCborValue value = QCborValue::fromCbor(payload);
    if (!value.isMap())
        return Error{ErrorCode::Protocol, u"the answer of the probe is no map"_s};
    const QCborMap map = value.toMap();
    if (map.contains("code"_L1))
        return readRefusal(map);
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
