// SPDX-License-Identifier: MIT
#pragma once

#include "cli/options.h"
#include "cli/request.h"

namespace Fanfare::Cli {

/// What the arguments of one emission may take, encoded as CBOR.
inline constexpr qint64 maximumPayload = 16 << 20;

/// What \a catalog says of \a event; only its name when plugins handle it without describing it.
/// Error: NotFound, with the events there are.
Result<EventFact> knownEvent(const QString &event, const CatalogFact &catalog);

/// \a given as \a event wants it: fields checked and completed. Error: InvalidArgument.
Result<Arguments> checkedArguments(const Arguments &given, const EventFact &event);

/// How many handlers of \a catalog react to \a event.
quint64 handlersOf(const QString &event, const CatalogFact &catalog);

/// The request for \a options, checked against \a catalog: the event exists, fields fit its typed
/// event, the payload is small enough. \a files are those of --each-file.
Result<Request> makeRequest(const Options &options, const CatalogFact &catalog,
                            const QStringList &files);

} // namespace Fanfare::Cli
