// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/containerconversion.h>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace Fanfare {

/// The name of an argument as a template argument; made of a literal.
template <size_t size>
struct ArgumentName
{
    constexpr ArgumentName(const char (&name)[size]) { std::copy_n(name, size, text); }

    char text[size]; ///< UTF-8, with its null
};

/// A parameter of a handler that wants the named argument \a name, or the field of that name of a
/// typed event:
///
///     [](Named<"path", QString> path, Named<"depth", std::optional<int>> depth) { ... *path ... }
///
/// A std::optional may be missing; without it a missing argument fails the task.
///
/// Threads: [any].
template <ArgumentName name, ConvertibleValue Type>
class Named
{
public:
    using Value = Type;

    explicit Named(Type value)
        : m_value(std::move(value))
    {
    }

    static QString key() { return QString::fromUtf8(name.text); }

    const Type &operator*() const { return m_value; }
    const Type *operator->() const { return &m_value; }

private:
    Type m_value;
};

} // namespace Fanfare
