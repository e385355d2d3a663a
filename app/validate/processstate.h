// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayList>
#include <QString>

#include <array>

namespace Fanfare::Validate {

/// What belongs to the whole process, so that no plugin should change it.
struct ProcessState
{
    std::array<quintptr, 65> signalHandlers{}; ///< by signal number; 0: the default
    QByteArrayList environment;                ///< sorted
    QByteArray folder;                         ///< the working directory
    QByteArray locale;
    unsigned umask = 0;

    static ProcessState now();
};

/// "SIGTERM", or empty when both have the same signal handlers.
QString changedSignal(const ProcessState &before, const ProcessState &after);

/// "the variable PATH", "the working directory" ..., or empty.
QString changedSurroundings(const ProcessState &before, const ProcessState &after);

/// What a process uses up, at this moment.
struct ProcessUsage
{
    qint64 heapBytes =
        0; ///< allocated and not freed; 0 where that is not known, as with sanitizers
    int descriptors = 0;
    int threads = 0;
    int children = 0;

    static ProcessUsage now();
};

} // namespace Fanfare::Validate
