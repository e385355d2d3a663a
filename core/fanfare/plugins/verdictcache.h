// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace Fanfare {

/// Remembers what probes answered, beside the copy that was probed: as long as neither its content
/// nor the program that probes nor Qt change, there is nothing new to find out. Answers that
/// depend on anything else, such as a missing library, are not to be kept here.
///
/// Threads: [any, blocks].
class VerdictCache
{
public:
    /// \a hostPath is what probes.
    explicit VerdictCache(const QString &hostPath);

    /// The payload that was kept for the copy \a path, or nothing.
    std::optional<QByteArray> find(const QString &path) const;

    /// Keeps \a payload, as long as the copy is there. A failure only costs a probe later.
    void keep(const QString &path, const QByteArray &payload) const;

private:
    const QByteArray m_key;
};

} // namespace Fanfare
