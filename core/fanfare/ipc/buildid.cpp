// SPDX-License-Identifier: MIT
#include "fanfare/ipc/buildid.h"

#include <fanfare/ipc/frame.h>
#include <fanfare/ipc/workerprotocol.h>
#include <fanfare/trace/records.h>

#include <cstddef>

namespace Fanfare {

using namespace Qt::StringLiterals;

QString buildId()
{
    return u"%1/FF%2.%3/Qt%4/%5-%6-%7-%8"_s.arg(QLatin1StringView(FANFARE_VERSION))
        .arg(protocolVersion)
        .arg(workerProtocolVersion)
        .arg(QLatin1StringView(QT_VERSION_STR))
        .arg(sizeof(SpanRecord))
        .arg(offsetof(SpanRecord, outcome))
        .arg(sizeof(OpenTask))
        .arg(offsetof(OpenTask, progress));
}

} // namespace Fanfare
