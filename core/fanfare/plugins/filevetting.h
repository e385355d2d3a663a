// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/plugins/filestamp.h>
#include <fanfare/plugins/pluginrefusal.h>

#include <QByteArray>

#include <optional>

namespace Fanfare {

/// The one open descriptor of a file that was vetted: everything later reads from it, so nothing
/// that happens to the name meanwhile matters. Closed when destroyed.
class VettedFile
{
public:
    VettedFile() = default;
    explicit VettedFile(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    ~VettedFile();
    VettedFile(VettedFile &&other) noexcept
        : m_descriptor(std::exchange(other.m_descriptor, -1))
    {
    }
    VettedFile &operator=(VettedFile &&other) noexcept;

    int descriptor() const { return m_descriptor; }
    FileStamp stamp() const; ///< as it is now

private:
    int m_descriptor = -1;
};

struct Vetting
{
    VettedFile file;
    std::optional<PluginRefusal> refusal;
};

/// The largest plugin file, bytes.
inline constexpr qint64 maximumPluginSize = qint64(256) * 1024 * 1024;

/// Opens the file \a localPath if it may be trusted: a regular file that belongs to this user or
/// root, as do all folders above it, and that nobody else can write to, nor exchange. A link is
/// followed once, when the same holds for where it leads. \a path is for the sentences. Codes:
/// bad-file-name, unreadable, not-a-library, not-owner, writable-by-others, symlink-outside,
/// too-big. [any, blocks]
Vetting vetFile(const QByteArray &localPath, const QString &path);

} // namespace Fanfare
