// SPDX-License-Identifier: MIT
#include "fanfare/plugins/pluginfile.h"

#include <fanfare/plugins/elffile.h>
#include <fanfare/plugins/metadataschema.h>
#include <fanfare/sdk/handlerplugin.h>

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLibraryInfo>
#include <QPluginLoader>

namespace Fanfare {

using namespace Qt::StringLiterals;

/// A file or nothing that anybody should try to open: a FIFO would wait for ever.
static std::optional<PluginRefusal> refuseByKind(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists()) {
        return PluginRefusal{u"unreadable"_s,
                             u"%1 is a link to a file that is not there; remove the link or "
                             "restore the file."_s.arg(path),
                             {}};
    }
    if (!info.isFile()) {
        return PluginRefusal{u"not-a-library"_s,
                             u"%1 is no file but a folder or a device; remove it from the plugin "
                             "folder."_s.arg(path),
                             {}};
    }
    if (!info.isReadable()) {
        return PluginRefusal{u"unreadable"_s,
                             u"%1 cannot be read; give yourself read permission on it."_s.arg(path),
                             {}};
    }
    return {};
}

static std::optional<PluginRefusal> refuseByFormat(const QString &path)
{
    switch (inspectElf(path)) {
    case ElfVerdict::Usable:
        return {};
    case ElfVerdict::NotElf:
        return PluginRefusal{u"not-a-library"_s,
                             u"%1 is no shared library, whatever its name says; remove it from "
                             "the plugin folder."_s.arg(path),
                             {}};
    case ElfVerdict::OtherMachine:
        return PluginRefusal{
            u"wrong-architecture"_s,
            u"%1 is built for another processor; build it for this one."_s.arg(path),
            {}};
    case ElfVerdict::Truncated:
        break;
    }
    return PluginRefusal{
        u"truncated"_s, u"%1 is incomplete; copy or build it again."_s.arg(path), {}};
}

static QString interfacePrefix()
{
    return QLatin1StringView(FANFARE_HANDLER_PLUGIN_IID).chopped(1); // without the version
}

static std::optional<PluginRefusal> refuseByInterface(const QString &path, const QString &iid)
{
    if (iid == QLatin1StringView(FANFARE_HANDLER_PLUGIN_IID))
        return {};
    if (iid.startsWith(interfacePrefix())) {
        return PluginRefusal{u"needs-fanfare-abi"_s,
                             u"%1 is made for version %2 of the plugin interface, this Fanfare "
                             "has version 1; get a build of the plugin for it."_s.arg(
                                 path, iid.mid(interfacePrefix().size())),
                             {}};
    }
    return PluginRefusal{u"foreign-plugin"_s,
                         u"%1 is a plugin of another program (interface %2); remove it from the "
                         "plugin folder."_s.arg(path, iid),
                         {}};
}

/// A library that needs a newer Qt than this one would be refused by the loader, which tells it in
/// other words and only when the library is mapped.
static std::optional<PluginRefusal> refuseByQt(const QString &path, int version)
{
    const int major = version >> 16;
    const int minor = (version >> 8) & 0xff;
    if (major == QT_VERSION_MAJOR && minor <= QLibraryInfo::version().minorVersion())
        return {};
    return PluginRefusal{u"needs-qt"_s,
                         u"%1 is built with Qt %2.%3, this Fanfare uses Qt %4; build it with "
                         "that."_s.arg(path, QString::number(major), QString::number(minor),
                                       QLibraryInfo::version().toString()),
                         {}};
}

/// Metadata is text for people and a few rules. More of it is a mistake, or somebody who tries what
/// happens.
static std::optional<PluginRefusal> refuseByAmount(const QString &path, const QJsonObject &json)
{
    constexpr int deepest = 16;
    constexpr qsizetype largest = 256 * 1024; // bytes
    if (isDeeperThan(json, deepest)) {
        return PluginRefusal{u"metadata-too-deep"_s,
                             u"The metadata of %1 is nested more than %2 levels deep; make it "
                             "flatter and build the plugin again."_s.arg(path)
                                 .arg(deepest),
                             {}};
    }
    if (QJsonDocument(json).toJson(QJsonDocument::Compact).size() <= largest)
        return {};
    return PluginRefusal{u"metadata-too-big"_s,
                         u"The metadata of %1 is larger than %2 KiB; keep what is large in a file "
                         "or resource of the plugin and build it again."_s.arg(path)
                             .arg(largest / 1024),
                         {}};
}

/// What the plugin says of its handlers. The schema holds, so that every part can be read.
static QHash<QString, PolicyPart> policiesIn(const QJsonObject &json)
{
    QHash<QString, PolicyPart> policies;
    for (const QJsonValue value : json.value("handlers"_L1).toArray()) {
        const QJsonObject handler = value.toObject();
        if (const auto part = policyFromJson(handler))
            policies.insert(handler.value("name"_L1).toString(), *part);
    }
    return policies;
}

static std::optional<PluginRefusal> readMetadata(const QString &path, const QJsonObject &json,
                                                 PluginMetadata &metadata)
{
    if (auto refusal = refuseByAmount(path, json))
        return refusal;
    metadata.id = json.value("id"_L1).toString();
    metadata.name = json.value("name"_L1).toString();
    metadata.version = json.value("version"_L1).toString();
    metadata.summary = json.value("summary"_L1).toString();
    const std::optional<MetadataProblem> problem = metadataProblem(json);
    if (!problem) {
        metadata.policies = policiesIn(json);
        metadata.probeTimeout = std::chrono::milliseconds(json.value("probeTimeoutMs"_L1).toInt());
        return {};
    }
    return PluginRefusal{u"bad-metadata"_s,
                         u"The metadata of %1 is wrong: \"%2\" must be %3; correct it and build "
                         "the plugin again."_s.arg(path, problem->field, problem->wanted),
                         {}};
}

static std::optional<PluginRefusal> inspect(const QString &path, PluginMetadata &metadata)
{
    if (auto refusal = refuseByKind(path))
        return refusal;
    if (auto refusal = refuseByFormat(path))
        return refusal;
    const QPluginLoader loader(path);
    const QJsonObject json = loader.metaData();
    if (json.isEmpty()) {
        return PluginRefusal{u"no-plugin-metadata"_s,
                             u"%1 is a library but no plugin; build it with fanfare_add_plugin() "
                             "or remove it from the plugin folder."_s.arg(path),
                             loader.errorString()};
    }
    if (auto refusal = refuseByInterface(path, json.value(u"IID"_s).toString()))
        return refusal;
    if (auto refusal = refuseByQt(path, json.value(u"version"_s).toInt()))
        return refusal;
    return readMetadata(path, json.value(u"MetaData"_s).toObject(), metadata);
}

PluginInspection inspectPluginFile(const QString &path)
{
    PluginInspection inspection;
    inspection.refusal = inspect(path, inspection.metadata);
    return inspection;
}

} // namespace Fanfare
