// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Fanfare {

enum class ElfVerdict : quint8 { Usable, NotElf, OtherMachine, Truncated };

/// Looks at the headers of the file \a path: can this process load it at all? Any content is fine
/// as input; nothing but headers is read. [any]
ElfVerdict inspectElf(const QString &path);

/// Whether the library \a path has symbols of which a process keeps one for all libraries of that
/// name (GNU_UNIQUE): a second build of it would go on using what belongs to the first. Also true
/// when that cannot be told. [any]
bool hasUniqueSymbols(const QString &path);

} // namespace Fanfare
