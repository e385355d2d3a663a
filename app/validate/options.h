// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

#include <QStringList>

namespace Fanfare::Validate {

/// What the user asks for.
struct Options
{
    enum class Verb : quint8 { Validate, List, Help, Version };

    Verb verb = Verb::Validate;
    QStringList plugins;
    bool json = false;
    quint64 seed = 1;
    QString handler; ///< only this one; empty: all
    int runs = 60;   ///< how many random payloads a handler gets
};

/// The options in \a arguments, which are without the name of the program; else InvalidArgument
/// with the sentence for the user.
Result<Options> parseOptions(const QStringList &arguments);

QString usage();

} // namespace Fanfare::Validate
