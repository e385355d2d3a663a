// SPDX-License-Identifier: MIT
#include "fanfare/base/signalname.h"

#include <cstring>

namespace Fanfare {

QString signalName(int number)
{
    // glibc's own table; strsignal() would be translated and is no name.
    if (const char *name = sigabbrev_np(number))
        return QStringLiteral("SIG") + QLatin1String(name);
    return QStringLiteral("signal %1").arg(number);
}

} // namespace Fanfare
