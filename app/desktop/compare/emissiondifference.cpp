// SPDX-License-Identifier: MIT
#include "emissiondifference.h"

#include "desktop/models/runmodel.h"
#include "desktop/panes/durationtext.h"
#include "desktop/timeline/emissiontrack.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <limits>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::EmissionDifference)
};

} // namespace

std::optional<EmissionTimes> timesOf(const RunModel &model, EmissionId emission)
{
    qint64 queued = std::numeric_limits<qint64>::max();
    qint64 started = queued;
    qint64 finished = 0;
    EmissionTimes times;
    for (const TaskId task : model.tasksOf(emission)) {
        const std::optional<SpanEntry> span = model.find(task);
        if (!span)
            continue;
        queued = std::min(queued, span->record.queued);
        started = std::min(started, span->record.started);
        finished = std::max(finished, span->record.finished);
        times.run += span->record.finished - span->record.started;
    }
    if (finished == 0)
        return std::nullopt;
    times.wait = started - queued;
    times.total = finished - queued;
    return times;
}

std::optional<EmissionId> counterpart(const EmissionTrack &track, EmissionId emission,
                                      const EmissionTrack &other)
{
    for (size_t at = 0; at < std::min(track.size(), other.size()); ++at) {
        if (track[at].emission == emission)
            return other[at].emission;
    }
    return std::nullopt;
}

static QString signedText(qint64 nanoseconds)
{
    const QString sign = nanoseconds < 0 ? u"\u2212"_s : u"+"_s;
    return sign + durationText(std::abs(nanoseconds));
}

QString differenceText(const EmissionTimes &a, const EmissionTimes &b)
{
    const qint64 total = b.total - a.total;
    QString percent;
    if (a.total > 0) {
        const qint64 share = qRound64(100.0 * double(total) / double(a.total));
        percent = u" (%1%2 %)"_s.arg(share < 0 ? u"\u2212"_s : u"+"_s,
                                     QLocale().toString(std::abs(share)));
    }
    return Text::tr("B \u2212 A: waited %1, ran %2, took %3%4")
        .arg(signedText(b.wait - a.wait), signedText(b.run - a.run), signedText(total), percent);
}

} // namespace Fanfare
