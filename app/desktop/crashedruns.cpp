// SPDX-License-Identifier: MIT
#include "crashedruns.h"

#include "livemark.h"
#include "panes/messagearea.h"
#include "runs/runkeeper.h"

#include <fanfare/runs/runreader.h>

#include <QDateTime>
#include <QFileInfo>
#include <QLocale>

namespace Fanfare {

using namespace Qt::StringLiterals;

static quint64 spansIn(RunReader &reader, const std::stop_token &stop)
{
    quint64 spans = 0;
    for (TraceBatch batch; !stop.stop_requested() && reader.read(batch); batch = {})
        spans += batch.spans.size();
    return spans;
}

std::vector<CrashedRun> crashedRunsIn(const QString &folder, const std::stop_token &stop)
{
    std::vector<CrashedRun> runs;
    for (const QString &path : LiveMark::abandoned(folder)) {
        Result<RunReader> reader = RunReader::open(path);
        const quint64 spans = reader && !reader->index() ? spansIn(*reader, stop) : 0;
        if (stop.stop_requested())
            return {};
        if (spans > 0)
            runs.push_back({path, reader->info(), spans});
        else
            LiveMark::forget(path); // it ended in order, or there is nothing to restore
    }
    return runs;
}

CrashedRuns::CrashedRuns(const RunKeeper &keeper, const QString &folder, MessageArea &messages,
                         QObject *parent)
    : QObject(parent)
    , m_messages(messages)
{
    connect(&keeper, &RunKeeper::begun, this,
            [this](const QString &path) { m_mark = std::make_unique<LiveMark>(path); });
    connect(&keeper, &RunKeeper::ended, this, [this] { m_mark.reset(); });
    m_job.start(
        [folder](const auto &, const std::stop_token &stop) { return crashedRunsIn(folder, stop); },
        [this](std::vector<CrashedRun> runs) {
            const auto first =
                runs.size() > maximumOffers ? runs.end() - maximumOffers : runs.begin();
            for (auto run = runs.begin(); run != runs.end(); ++run) {
                m_offered.append(run->path);
                if (run >= first)
                    offer(*run);
            }
        });
}

CrashedRuns::~CrashedRuns()
{
    for (const QString &path : std::as_const(m_offered))
        LiveMark::forget(path);
}

void CrashedRuns::offer(const CrashedRun &run)
{
    const QDateTime begin = QDateTime::fromMSecsSinceEpoch(run.info.beginUtc);
    const bool isToday = begin.date() == QDate::currentDate();
    const QString when = QLocale().toString(begin, isToday ? u"HH:mm"_s : u"d MMM HH:mm"_s);
    const QString spans =
        run.spans == 1 ? tr("1 span") : tr("%L1 spans").arg(qulonglong(run.spans));
    const auto open = [this, path = run.path] {
        m_offered.removeAll(path);
        LiveMark::forget(path);
        Q_EMIT openWanted(path);
    };
    m_messages.showMessage({u"crashed "_s + QFileInfo(run.path).fileName(), Accent::Caution,
                            tr("Fanfare was ended while a run went on. All of it up to that moment "
                               "was kept."),
                            tr("Restore %1 run (%2)").arg(when, spans), open});
}

} // namespace Fanfare
