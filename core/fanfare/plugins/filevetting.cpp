// SPDX-License-Identifier: MIT
#include "fanfare/plugins/filevetting.h"

#include <fanfare/plugins/foldertrust.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

namespace Fanfare {

using namespace Qt::StringLiterals;

VettedFile::~VettedFile()
{
    if (m_descriptor >= 0)
        close(m_descriptor);
}

VettedFile &VettedFile::operator=(VettedFile &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

FileStamp VettedFile::stamp() const
{
    struct stat status = {};
    return fstat(m_descriptor, &status) == 0 ? stampOf(status) : FileStamp();
}

static Vetting refused(const QString &code, const QString &message, const QString &cause = {})
{
    return {{}, PluginRefusal{code, message, cause}};
}

/// Control characters in a name would be written to terminals, logs and files.
static bool isUsableName(const QByteArray &localPath)
{
    const QString text = QString::fromUtf8(localPath);
    const auto isControl = [](QChar c) { return c < u' ' || c == u'\x7f'; };
    return text.toUtf8() == localPath && std::none_of(text.begin(), text.end(), isControl);
}

static Vetting refusedOpening(const QString &path, int error)
{
    const QString cause = QString::fromLocal8Bit(std::strerror(error));
    if (error == EACCES) {
        return refused(u"unreadable"_s,
                       u"%1 cannot be read; give yourself read permission on it."_s.arg(path),
                       cause);
    }
    return refused(
        u"unreadable"_s,
        u"%1 cannot be opened; put a readable file in its place or remove it."_s.arg(path), cause);
}

static std::optional<PluginRefusal> refuseByStatus(const struct stat &status, const QString &path)
{
    if (!S_ISREG(status.st_mode)) {
        return PluginRefusal{u"not-a-library"_s,
                             u"%1 is no file but a folder or a device; remove it from the plugin "
                             "folder."_s.arg(path),
                             {}};
    }
    switch (trustOf(status)) {
    case Trust::Trusted:
        break;
    case Trust::ForeignOwner:
        return PluginRefusal{u"not-owner"_s,
                             u"%1 belongs to another user, who could exchange it at any time; "
                             "copy it, so that it belongs to you."_s.arg(path),
                             {}};
    case Trust::Writable:
        return PluginRefusal{
            u"writable-by-others"_s,
            u"%1 can be written to by other users; run \"chmod go-w\" on it."_s.arg(path),
            {}};
    }
    if (status.st_size <= maximumPluginSize)
        return {};
    return PluginRefusal{u"too-big"_s,
                         u"%1 has %2 MiB, more than the 256 MiB that a plugin may have; keep its "
                         "data in files of their own."_s.arg(path)
                             .arg(status.st_size / (1024 * 1024)),
                         {}};
}

/// Where the link \a localPath leads, in the end. Empty: nowhere.
static QByteArray resolved(const QByteArray &localPath)
{
    const std::unique_ptr<char, void (*)(void *)> target(realpath(localPath.constData(), nullptr),
                                                         &std::free);
    return target ? QByteArray(target.get()) : QByteArray();
}

static std::optional<PluginRefusal> refuseByFolder(const QByteArray &real, const QString &path,
                                                   bool isLink)
{
    const FolderTrust folder = trustOfFoldersAbove(real);
    if (folder.trust == Trust::Trusted)
        return {};
    const QString shown = QString::fromUtf8(folder.folder);
    if (isLink) {
        return PluginRefusal{u"symlink-outside"_s,
                             u"%1 is a link to a place that other users can change (%2); copy the "
                             "file instead of linking it."_s.arg(path, shown),
                             {}};
    }
    if (folder.trust == Trust::ForeignOwner) {
        return PluginRefusal{u"not-owner"_s,
                             u"%1 is not used because the folder %2 belongs to another user; use a "
                             "folder of your own."_s.arg(path, shown),
                             {}};
    }
    return PluginRefusal{u"writable-by-others"_s,
                         u"%1 is not used because other users can write to the folder %2; run "
                         "\"chmod go-w\" on that."_s.arg(path, shown),
                         {}};
}

/// Never waits: a FIFO without a writer opens at once, and is refused then.
static Vetting openVetted(const QByteArray &real, const QString &path)
{
    Vetting vetting{VettedFile(open(real.constData(),
                                    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)),
                    {}};
    if (vetting.file.descriptor() < 0)
        return refusedOpening(path, errno);
    struct stat status = {};
    if (fstat(vetting.file.descriptor(), &status) != 0)
        return refusedOpening(path, errno);
    vetting.refusal = refuseByStatus(status, path);
    return vetting;
}

Vetting vetFile(const QByteArray &localPath, const QString &path)
{
    if (!isUsableName(localPath)) {
        return refused(
            u"bad-file-name"_s,
            u"%1 has a name with characters that are no text; rename the file."_s.arg(path));
    }
    struct stat status = {};
    if (lstat(localPath.constData(), &status) != 0)
        return refusedOpening(path, errno);
    const bool isLink = S_ISLNK(status.st_mode);
    const QByteArray real = resolved(localPath);
    if (real.isEmpty() && isLink) {
        return refused(u"unreadable"_s,
                       u"%1 is a link to a file that is not there; remove the link or restore the "
                       "file."_s.arg(path),
                       QString::fromLocal8Bit(std::strerror(errno)));
    }
    if (real.isEmpty())
        return refusedOpening(path, errno);
    if (!S_ISDIR(status.st_mode)) {
        if (auto refusal = refuseByFolder(real, path, isLink))
            return {{}, std::move(refusal)};
    }
    return openVetted(real, path);
}

} // namespace Fanfare
