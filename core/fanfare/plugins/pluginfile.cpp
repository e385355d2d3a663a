// SPDX-License-Identifier: MIT
#include "fanfare/plugins/pluginfile.h"

#include <fanfare/plugins/elffile.h>
#include <fanfare/plugins/metadataschema.h>
#include <fanfare/sdk/handlerplugin.h>

#include <QFileInfo>
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

static std::optional<PluginRefusal> readMetadata(const QString &path, const QJsonObject &json,
                                                 PluginMetadata &metadata)
{
    metadata = {json.value("id"_L1).toString(), json.value("name"_L1).toString(),
                json.value("version"_L1).toString(), json.value("summary"_L1).toString()};
    const std::optional<MetadataProblem> problem = metadataProblem(json);
    if (!problem)
        return {};
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
