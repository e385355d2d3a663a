// SPDX-License-Identifier: MIT
#include "summarytexts.h"

#include "durationtext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

struct SummaryWord
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::SummaryTexts)
};

QString workerText(const QString &worker, const LaneSummary &summary)
{
    if (summary.tasks == 0)
        return {};
    const QString calls = summary.tasks == 1 ? SummaryWord::tr("1 call")
                                             : SummaryWord::tr("%L1 calls").arg(summary.tasks);
    QStringList parts{SummaryWord::tr("%1 so far: %2").arg(worker, calls),
                      SummaryWord::tr("busy %1 %").arg(qRound(summary.busy * 100)),
                      SummaryWord::tr("longest %1").arg(durationText(summary.longest))};
    if (summary.longestGap > 0)
        parts << SummaryWord::tr("longest gap %1").arg(durationText(summary.longestGap));
    if (summary.failures > 0)
        parts << SummaryWord::tr("%L1 failed").arg(summary.failures);
    if (summary.replacements > 0)
        parts << SummaryWord::tr("process replaced %L1 ×").arg(summary.replacements);
    return parts.join(u" · "_s);
}

QString emissionText(const std::vector<SiblingView> &siblings, const EmissionExtent &extent)
{
    const QString handlers = siblings.size() == 1
        ? SummaryWord::tr("1 handler")
        : SummaryWord::tr("%L1 handlers").arg(siblings.size());
    if (std::ranges::any_of(siblings,
                            [](const SiblingView &each) { return each.state != TaskState::Ended; }))
        return SummaryWord::tr("%1 · not all have ended").arg(handlers);
    const auto first = std::ranges::min_element(siblings, {}, &SiblingView::until);
    return SummaryWord::tr("%1 · the first ended after %2 · the last, %3, after %4")
        .arg(handlers, durationText(first->until - extent.from), siblings[extent.last].handler,
             durationText(extent.to - extent.from));
}

QString missingArgumentsText(bool isOfFile)
{
    return isOfFile ? SummaryWord::tr("Not recorded: the file of a run does not have arguments.")
                    : SummaryWord::tr("Not kept: only those of the newest emissions are.");
}

} // namespace Fanfare
