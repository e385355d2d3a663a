// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/runemissiontable.h"

#include <QString>

#include <map>
#include <optional>
#include <vector>

namespace Fanfare {

/// Which event each emission carried: as the one who emitted says, by ranges, or as a task of the
/// emission says.
///
/// Threads: [gui].
class RunEventNames
{
public:
    void setRange(EmissionId first, quint64 count, const QString &event);
    void learn(EmissionId emission, quint32 event) { m_learned[emission] = event + 1; }

    /// The event of \a emission as a range says; empty when none does.
    const QString &inRanges(EmissionId emission) const;

    /// The event index learned for \a emission; nothing when none was.
    std::optional<quint32> learned(EmissionId emission) const;

private:
    struct Range
    {
        quint64 count = 0;
        QString event;
    };

    std::map<quint64, Range> m_ranges;   ///< by first emission; they do not overlap
    RunEmissionTable<quint32> m_learned; ///< event index + 1
};

} // namespace Fanfare
