// SPDX-License-Identifier: MIT
#pragma once

#include "validate/finding.h"

namespace Fanfare::Validate {

/// The pipe of a stage to who started it: one JSON object a line. What the plugin prints goes into
/// a file in memory instead, so that it can be noticed. Made before any foreign code runs.
///
/// Threads: [owner].
class StageChannel
{
public:
    StageChannel();
    ~StageChannel();
    StageChannel(const StageChannel &) = delete;
    StageChannel &operator=(const StageChannel &) = delete;

    /// What is about to happen: if it is the last thing, this is the sentence about it.
    void doing(const QString &what, const QString &payload = {});
    void report(const Finding &finding); ///< a code is told once
    void done();                         ///< all of the stage was made

    qint64 printedBytes() const; ///< how much was written to standard output so far

private:
    void send(const QJsonObject &line);

    int m_pipe = -1;
    int m_output = -1;
    QStringList m_told;
};

} // namespace Fanfare::Validate
