// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <stdexcept>

namespace Fanfare::Conformance {

/// A vector file or scenario that does not keep to the format. The text says where.
class FormatError : public std::runtime_error
{
public:
    explicit FormatError(const QString &text)
        : std::runtime_error(text.toStdString())
    {
    }
};

/// The scenarios of the vector file \a path. Throws FormatError when the file cannot be read or is
/// none; the scenarios themselves are not looked into.
QJsonArray loadScenarios(const QString &path);

/// Throws FormatError when \a scenario has a member, operation, query, kind, phase or error name
/// that the format does not know, or lacks one that it needs.
void checkScenario(const QJsonObject &scenario);

} // namespace Fanfare::Conformance
