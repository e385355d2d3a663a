// SPDX-License-Identifier: MIT
#include "fanfare/plugins/shadowstore.h"

#include <fanfare/plugins/sha256.h>

#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr qsizetype blockSize = 256 * 1024;

static Error failure(const QString &what)
{
    return {ErrorCode::Unreadable,
            u"%1: %2"_s.arg(what, QString::fromLocal8Bit(std::strerror(errno)))};
}

/// Calls \a take with everything that \a descriptor reads, from its beginning.
template <typename Take>
static Result<void> readAll(int descriptor, Take take)
{
    QByteArray block(blockSize, Qt::Uninitialized);
    for (off_t position = 0;;) {
        const ssize_t count = pread(descriptor, block.data(), size_t(blockSize), position);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failure(u"reading it"_s);
        if (count == 0)
            return {};
        if (auto taken = take(QByteArrayView(block).first(count)); !taken)
            return taken;
        position += count;
    }
}

static qint64 sizeOf(int descriptor)
{
    struct stat status = {};
    return fstat(descriptor, &status) == 0 ? qint64(status.st_size) : 0;
}

static Result<QByteArray> hashOf(int descriptor)
{
    Sha256 hash(sizeOf(descriptor));
    const auto isRead = readAll(descriptor, [&](QByteArrayView bytes) -> Result<void> {
        hash.add(bytes);
        return {};
    });
    if (!isRead)
        return isRead.error();
    return hash.result();
}

static Result<void> writeAll(int descriptor, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t count = write(descriptor, bytes.data(), size_t(bytes.size()));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failure(u"copying it"_s);
        bytes = bytes.sliced(count);
    }
    return {};
}

/// Copies all of \a from to the new file \a to and returns the hash of what was copied.
static Result<QByteArray> copy(int from, const QByteArray &to)
{
    const int descriptor = open(to.constData(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0500);
    if (descriptor < 0)
        return failure(u"copying it"_s);
    Sha256 hash(sizeOf(from));
    auto isCopied = readAll(from, [&](QByteArrayView bytes) {
        hash.add(bytes);
        return writeAll(descriptor, bytes);
    });
    if (close(descriptor) != 0 && isCopied)
        isCopied = failure(u"copying it"_s);
    if (!isCopied)
        return isCopied.error();
    return hash.result();
}

/// The descriptor of \a folder with a lock that keeps it from being removed; null when it is not
/// there. Without a free descriptor there is no lock: better that than no plugin.
static std::shared_ptr<const void> lockFolder(const QByteArray &folder)
{
    const int descriptor = open(folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct stat status = {};
    if (descriptor < 0)
        return errno == EMFILE || errno == ENFILE ? std::make_shared<int>(-1) : nullptr;
    const std::shared_ptr<const void> lock(new int(descriptor), [](const int *held) {
        close(*held);
        delete held;
    });
    const bool isThere =
        flock(descriptor, LOCK_SH) == 0 && fstat(descriptor, &status) == 0 && status.st_nlink > 0;
    return isThere ? lock : nullptr;
}

static Result<std::shared_ptr<const void>> makeFolder(const QByteArray &folder)
{
    for (int tries = 0; tries < 100; ++tries) { // somebody may be trimming
        if (mkdir(folder.constData(), 0700) != 0 && errno != EEXIST)
            return failure(u"making a folder for the copy"_s);
        if (auto lock = lockFolder(folder))
            return lock;
    }
    return failure(u"making a folder for the copy"_s);
}

/// Makes the folder \a root for this user only, or sees to it that it is that.
static Result<void> makeRoot(const QString &root)
{
    const QByteArray local = QFile::encodeName(root);
    struct stat status = {};
    if (!QDir().mkpath(QFileInfo(root).path()))
        return failure(u"making the folder above %1"_s.arg(root));
    if (mkdir(local.constData(), 0700) != 0 && errno != EEXIST)
        return failure(u"making the folder %1"_s.arg(root));
    const bool isOwn = lstat(local.constData(), &status) == 0 && S_ISDIR(status.st_mode)
        && status.st_uid == geteuid();
    if (!isOwn || chmod(local.constData(), 0700) != 0)
        return failure(u"making the folder %1 private"_s.arg(root));
    return {};
}

/// The cache of the user; of a user without one, who may be a service, a folder among the
/// temporary ones.
static QString defaultRoot()
{
    const QString cache = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation);
    const QString root = cache + u"/fanfare/shadow"_s;
    if (makeRoot(root) && access(QFile::encodeName(root).constData(), W_OK) == 0)
        return root;
    return u"%1/fanfare-shadow-%2"_s.arg(QDir::tempPath()).arg(geteuid());
}

ShadowStore::ShadowStore(QString root)
    : m_root(root.isEmpty() ? defaultRoot() : std::move(root))
{
}

Result<ShadowCopy> ShadowStore::keep(int descriptor, const QString &name) const
{
    const auto hash = hashOf(descriptor);
    if (!hash)
        return hash.error();
    const QString folder = m_root + u'/' + QString::fromLatin1(hash->toHex());
    const QByteArray local = QFile::encodeName(folder);
    auto lock = lockFolder(local);
    if (!lock) {
        if (auto made = makeRoot(m_root); !made)
            return made.error();
        auto kept = makeFolder(local);
        if (!kept)
            return kept.error();
        lock = *kept;
    }
    const QString path = folder + u'/' + name;
    const QByteArray localPath = QFile::encodeName(path);
    utimensat(AT_FDCWD, local.constData(), nullptr, 0); // used now, for trim()
    if (access(localPath.constData(), R_OK) == 0)
        return ShadowCopy{*hash, path, lock};
    const QByteArray temporary =
        local + "/.new-" + QByteArray::number(getpid()) + "-" + QByteArray::number(gettid());
    const auto copied = copy(descriptor, temporary);
    const bool isSame = copied && *copied == *hash;
    if (isSame && rename(temporary.constData(), localPath.constData()) == 0)
        return ShadowCopy{*hash, path, lock};
    const Error error = copied ? failure(u"copying it"_s) : copied.error();
    unlink(temporary.constData());
    if (copied && !isSame)
        return Error{ErrorCode::InvalidArgument, u"it changes while it is read"_s};
    return error;
}

namespace {

struct Entry
{
    QByteArray path;
    qint64 size = 0;
    qint64 used = 0;
};

} // namespace

static std::vector<Entry> entriesOf(const QString &root)
{
    std::vector<Entry> entries;
    for (const QFileInfo &info : QDir(root).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        Entry entry;
        entry.path = QFile::encodeName(info.filePath());
        struct stat status = {};
        if (stat(entry.path.constData(), &status) == 0)
            entry.used = qint64(status.st_mtim.tv_sec) * 1'000'000'000 + status.st_mtim.tv_nsec;
        for (const QFileInfo &file :
             QDir(info.filePath()).entryInfoList(QDir::Files | QDir::Hidden))
            entry.size += file.size();
        entries.push_back(entry);
    }
    return entries;
}

/// False when somebody holds it.
static bool removeEntry(const QByteArray &path)
{
    const int descriptor = open(path.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    const bool isFree = flock(descriptor, LOCK_EX | LOCK_NB) == 0;
    const bool isGone = isFree && QDir(QFile::decodeName(path)).removeRecursively();
    close(descriptor);
    return isGone;
}

void ShadowStore::trim(qint64 limit) const
{
    std::vector<Entry> entries = entriesOf(m_root);
    std::sort(entries.begin(), entries.end(),
              [](const Entry &one, const Entry &other) { return one.used < other.used; });
    qint64 sum = 0;
    for (const Entry &entry : entries)
        sum += entry.size;
    for (const Entry &entry : entries) {
        if (sum <= limit)
            return;
        if (removeEntry(entry.path))
            sum -= entry.size;
    }
}

} // namespace Fanfare
