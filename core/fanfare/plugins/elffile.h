// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Fanfare {

enum class ElfVerdict : quint8 { Usable, NotElf, OtherMachine, Truncated };

/// Looks at the headers of the file \a path: can this process load it at all? Any content is fine
/// as input; nothing but headers is read. [any]
ElfVerdict inspectElf(const QString &path);

} // namespace Fanfare
