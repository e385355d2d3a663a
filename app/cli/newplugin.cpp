// SPDX-License-Identifier: MIT
#include "cli/newplugin.h"

#include "cli/wording.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>

namespace Fanfare::Cli {

static Error refusal(const QString &sentence, ErrorCode code = ErrorCode::InvalidArgument)
{
    return {code, sentence};
}

Result<void> checkPluginName(const QString &name)
{
    static const QRegularExpression good(u"\\A[a-z][a-z0-9]*(-[a-z0-9]+)*\\z"_qs);
    // Targets that CMake keeps for itself, or that the template has.
    static const QStringList taken{u"all"_qs,     u"clean"_qs,   u"drop"_qs, u"edit-cache"_qs,
                                   u"help"_qs,    u"install"_qs, u"test"_qs, u"package"_qs,
                                   u"plugins"_qs, u"depend"_qs};
    constexpr qsizetype longest = 40;
    if (!good.match(name).hasMatch() || name.size() > longest)
        return refusal(
            u"A plugin cannot be called %1: use lower-case letters, digits and single "
            u"hyphens, at most 40 and a letter first, such as word-count."_qs.arg(quoted(name)));
    if (taken.contains(name))
        return refusal(u"A plugin cannot be called %1, because CMake has a target of that name; "
                       u"choose another "
                       u"name."_qs.arg(quoted(name)));
    return {};
}

/// "word-count" becomes "WordCount".
static QString className(const QString &name)
{
    QString result;
    for (const QString &part : name.split(u'-'))
        result += part.left(1).toUpper() + part.mid(1);
    return result;
}

/// Where this program is installed, or was built.
static QString prefix()
{
    return QDir::cleanPath(QCoreApplication::applicationDirPath() + u"/.."_qs);
}

static QString filled(QString text, const QString &name)
{
    return text.replace(u"@NAME@"_qs, name)
        .replace(u"@CLASS@"_qs, className(name))
        .replace(u"@PREFIX@"_qs, prefix())
        .replace(u"@FANFARE@"_qs, QStringLiteral(FANFARE_VERSION).section(u'.', 0, 1));
}

static QString fileName(const QString &inTemplate, const QString &name)
{
    if (inTemplate == u"gitignore")
        return u".gitignore"_qs;
    return QString(inTemplate).replace(u"plugin"_qs, name);
}

static bool writeFile(const QString &source, const QString &target, const QString &name)
{
    QFile in(source);
    QFile out(target);
    if (!in.open(QIODevice::ReadOnly) || !out.open(QIODevice::WriteOnly))
        return false;
    const QByteArray text = filled(QString::fromUtf8(in.readAll()), name).toUtf8();
    return out.write(text) == text.size() && out.flush();
}

Result<QString> createPlugin(const NewPlugin &request)
{
    if (const Result<void> name = checkPluginName(request.name); !name)
        return name.error();
    const QDir source(prefix() + u"/share/fanfare/plugin-template"_qs);
    const QStringList files = source.entryList(QDir::Files);
    if (files.isEmpty())
        return refusal(
            u"The template %1 is missing; repair the installation."_qs.arg(quoted(source.path())),
            ErrorCode::NotFound);
    const QDir parent(request.folder.isEmpty() ? QDir::currentPath() : request.folder);
    if (!parent.exists())
        return refusal(u"There is no folder %1; make it, or choose another with --dir DIR."_qs.arg(
                           quoted(parent.path())),
                       ErrorCode::NotFound);
    const QString target = parent.absoluteFilePath(request.name);
    if (QFileInfo::exists(target) || QFileInfo(target).isSymLink())
        return refusal(u"%1 is there already; choose another name, or another folder with --dir "
                       u"DIR."_qs.arg(quoted(target)));
    QTemporaryDir draft(parent.absoluteFilePath(u".%1-XXXXXX"_qs.arg(request.name)));
    bool isWritten = draft.isValid();
    for (const QString &file : files)
        isWritten = isWritten
            && writeFile(source.filePath(file), draft.filePath(fileName(file, request.name)),
                         request.name);
    constexpr auto folderPermissions = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner
        | QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther;
    if (!isWritten || !QFile::setPermissions(draft.path(), folderPermissions)
        || !QDir().rename(draft.path(), target))
        return refusal(
            u"The project cannot be written to %1; check whether you may write there and "
            u"the disk has room."_qs.arg(quoted(target)),
            ErrorCode::Unreadable);
    draft.setAutoRemove(false);
    return target;
}

QString nextSteps(const QString &folder)
{
    const QString name = QFileInfo(folder).fileName();
    return filled(u"The project is in %1. Next:\n"
                  u"    cd '%1'\n"
                  u"    cmake -B build -DCMAKE_PREFIX_PATH='@PREFIX@'\n"
                  u"    cmake --build build\n"
                  u"    ctest --test-dir build --output-on-failure\n"
                  u"    '@PREFIX@/bin/fanfare-cli' emit @CLASS@Wanted --plugins build/plugins\n"
                  u"Its README.md tells the rest."_qs.arg(folder),
                  name);
}

} // namespace Fanfare::Cli
