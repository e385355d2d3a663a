// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

#include <QCborValue>
#include <QString>

namespace Fanfare::Cli {

/// The JSON value in \a text, the value of \a option. `@FILE` takes the text from a file and `@-`
/// from standard input, because one word of a command line holds at most 128 KiB. What is wrong is
/// said with the position, counted in characters from 1.
Result<QCborValue> parseJson(const QString &option, const QString &text);

} // namespace Fanfare::Cli
