// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

namespace Fanfare {

/// The two ends of the pipes to the process that started this one, where foreign code does not
/// stumble over them: descriptors from 10 on, closed in every child.
struct PrivatePipes
{
    int input = -1;
    int output = -1;

    bool isValid() const { return input >= 0 && output >= 0; }
};

/// Moves standard input and output to private descriptors. Behind that, reading from standard
/// input gives nothing, and what is written to standard output goes to standard error.
PrivatePipes takeStandardPipes();

/// Lets this process die with \a parent, even when that is killed. False when \a parent is gone
/// already.
bool dieWithParent(qint64 parent);

/// Ends this process and, when it leads a process group, everything in that, at once: what handlers
/// started does not stay behind. [any]
[[noreturn]] void leaveWithGroup();

/// A crash is reported, not written to disk with all its memory.
void disableCoreFiles();

/// Keeps this process below \a bytes of address space, except under a sanitizer.
void limitMemory(quint64 bytes);

/// Keeps this process below \a count open descriptors.
void limitFiles(quint64 count);

} // namespace Fanfare
