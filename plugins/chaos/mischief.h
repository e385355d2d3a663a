// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/context.h>

#include <QCborValue>

#include <vector>

/// One way a handler can fail.
struct Mischief
{
    QString kind;  ///< also the name of its handler, because that name is what users see later
    QString event; ///< that it has for itself; empty for those that only the event Chaos asks for
    QString summary;
    QCborValue (*run)(Fanfare::Context &);
};

/// All of them, those with an event of their own first.
const std::vector<Mischief> &allMischief();

/// Does what \a kind names. Throws std::invalid_argument for a kind that nobody knows.
QCborValue runMischief(const QString &kind, Fanfare::Context &context);
