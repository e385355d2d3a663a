// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

namespace Fanfare {

/// After so many crashes in a row, with no success between them, a handler is quarantined.
inline constexpr int crashesToQuarantine = 3;

/// What a crash cost.
enum class CrashPlace : quint8 {
    Processes, ///< a worker process
    Threads,   ///< a whole engine
};

/// What is remembered of a handler of one build of a plugin that crashed and has not succeeded
/// since.
struct CrashRecord
{
    QByteArray hash; ///< SHA-256 of the plugin file, 32 bytes: another build is another handler
    QString plugin;  ///< id
    QString handler;
    int crashes = 0;                          ///< since its last success; at least 1
    CrashPlace place = CrashPlace::Processes; ///< of the last one
    QString text;                             ///< one sentence about the last one
    QDateTime time;                           ///< of the last one, UTC

    bool isQuarantined() const { return crashes >= crashesToQuarantine; }
    bool operator==(const CrashRecord &other) const = default;
};

} // namespace Fanfare
