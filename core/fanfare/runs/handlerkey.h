// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <compare>

namespace Fanfare {

/// Which handler a sample belongs to; the same in every run.
struct HandlerKey
{
    QString plugin; ///< id; empty: of the program itself
    QString name;

    bool operator==(const HandlerKey &other) const = default;
    std::strong_ordering operator<=>(const HandlerKey &other) const = default;
};

} // namespace Fanfare
