// SPDX-License-Identifier: MIT
#include "fanfare/plugins/pluginloading.h"

#include <QPluginLoader>

#include <exception>
#include <new>

namespace Fanfare {

using namespace Qt::StringLiterals;

/// Sorts what the loader says by what the user can do about it.
static PluginRefusal refusalFromLoader(const QString &path, const QString &text)
{
    if (text.contains("cannot open shared object file"_L1)) {
        return {
            u"missing-library"_s,
            u"%1 needs a library that is not installed; install what the loader names."_s.arg(path),
            text};
    }
    if (text.contains("undefined symbol"_L1)) {
        return {u"missing-symbol"_s,
                u"%1 uses a function that no library has; link it with what it needs, or build it "
                "against the installed version."_s.arg(path),
                text};
    }
    if (text.contains("incompatible Qt library"_L1)) {
        return {u"needs-qt"_s,
                u"%1 is built with another version of Qt than the installed one (%2); build it "
                "with that."_s.arg(path, QString::fromLatin1(qVersion())),
                text};
    }
    return {u"not-loadable"_s, u"%1 cannot be loaded; see what the loader says."_s.arg(path), text};
}

static LoadedPlugin load(const QString &path, const std::function<void()> &isMapped)
{
    QPluginLoader loader(path);
    loader.setLoadHints(QLibrary::ResolveAllSymbolsHint);
    if (loader.load())
        isMapped();
    QObject *object = loader.instance();
    if (!object)
        return {nullptr, refusalFromLoader(path, loader.errorString())};
    if (auto *plugin = qobject_cast<HandlerPlugin *>(object))
        return {plugin, {}};
    return {nullptr,
            PluginRefusal{u"wrong-interface"_s,
                          u"%1 claims to be a handler plugin but does not implement its "
                          "interface; derive it from Fanfare::HandlerPlugin and name the "
                          "interface in Q_INTERFACES."_s.arg(path),
                          {}}};
}

static LoadedPlugin thrown(const QString &path, bool isMapped, const QString &what)
{
    if (!isMapped) {
        return {nullptr,
                PluginRefusal{u"crashed-at-load"_s,
                              u"%1 throws an exception while it is loaded; correct what its static "
                              "objects do."_s.arg(path),
                              what}};
    }
    return {nullptr,
            PluginRefusal{u"crashed-at-create"_s,
                          u"%1 throws an exception while its plugin object is made; correct its "
                          "constructor."_s.arg(path),
                          what}};
}

LoadedPlugin loadPlugin(const QString &path, const std::function<void()> &isMapped)
{
    bool wasMapped = false;
    const auto note = [&] {
        wasMapped = true;
        if (isMapped)
            isMapped();
    };
    try {
        return load(path, note);
    } catch (const std::bad_alloc &) {
        return {nullptr, outOfMemory(path)};
    } catch (const std::exception &exception) {
        return thrown(path, wasMapped, QString::fromUtf8(exception.what()));
    } catch (...) {
        return thrown(path, wasMapped, {});
    }
}

} // namespace Fanfare
