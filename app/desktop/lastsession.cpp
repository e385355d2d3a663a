// SPDX-License-Identifier: MIT
#include "lastsession.h"

#include "actionregistry.h"
#include "runs/rundesk.h"
#include "runs/runpage.h"
#include "runs/runtabs.h"
#include "runs/runview.h"
#include "timeline/timelinescene.h"
#include "timeline/timelinewidget.h"

#include <QAction>
#include <QFileInfo>
#include <QSettings>
#include <QTimer>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr QLatin1StringView runsKey("lastSession/runs");
static constexpr QLatin1StringView frontKey("lastSession/front");
static constexpr QLatin1StringView fromKey("lastSession/from");
static constexpr QLatin1StringView toKey("lastSession/to");

LastSession::LastSession(RunDesk &runs, TimelineWidget &live, ActionRegistry &registry,
                         QSettings &settings, QObject *parent)
    : QObject(parent)
    , m_runs(runs)
    , m_live(live)
    , m_settings(settings)
    , m_action(registry.add({.id = u"file.reopenSession"_s,
                             .menu = ActionMenu::File,
                             .text = tr("Reopen last session"),
                             .tip = tr("Show the runs that were open when the window was closed"),
                             .icon = u"restart"_s,
                             .keys = {QKeySequence(u"Ctrl+Alt+R"_s)},
                             .rank = -1}))
{
    m_action->setEnabled(isThere());
    connect(m_action, &QAction::triggered, this, &LastSession::reopen);
    if (const RunKeeper *keeper = runs.keeper()) {
        connect(keeper, &RunKeeper::begun, this,
                [this](const QString &path) { m_liveFile = path; });
    }
}

bool LastSession::isThere() const
{
    return !m_settings.value(runsKey).toStringList().isEmpty();
}

void LastSession::save()
{
    const RunTabs &tabs = m_runs.tabs();
    QStringList paths;
    if (!m_liveFile.isEmpty())
        paths.append(m_liveFile);
    for (int i = 1; i < tabs.count(); ++i) {
        if (const auto page = qobject_cast<RunPage *>(tabs.widget(i)))
            paths.append(page->path());
    }
    if (paths.isEmpty())
        return;
    const auto page = qobject_cast<RunPage *>(tabs.currentWidget());
    const TimelineScene &scene = tabs.timelineInFront(m_live).scene();
    paths.removeDuplicates();
    m_settings.setValue(runsKey, paths);
    m_settings.setValue(frontKey, page ? page->path() : m_liveFile);
    m_settings.setValue(fromKey, scene.view().begin);
    m_settings.setValue(toKey, scene.viewEnd());
}

void LastSession::reopen()
{
    const QString front = m_settings.value(frontKey).toString();
    QStringList gone;
    RunPage *inFront = nullptr;
    for (const QString &path : m_settings.value(runsKey).toStringList()) {
        if (!QFileInfo::exists(path)) {
            gone.append(QFileInfo(path).fileName());
            continue;
        }
        RunPage *page = m_runs.tabs().openRun(path);
        if (path == front)
            inFront = page;
    }
    if (inFront) {
        m_runs.tabs().setCurrentWidget(inFront);
        showTimes(*inFront);
    }
    if (!gone.isEmpty()) {
        Q_EMIT told(tr("%1 of the last session is not there any more.", nullptr, int(gone.size()))
                        .arg(gone.join(u", "_s)));
    }
}

/// At once, or as soon as the run was read.
void LastSession::showTimes(RunPage &page)
{
    const qint64 from = m_settings.value(fromKey).toLongLong();
    const qint64 to = m_settings.value(toKey).toLongLong();
    if (from >= to)
        return;
    const auto show = [&page, from, to] { page.view()->timeline().showTimes(from, to); };
    if (page.view())
        return show();
    connect(&page, &RunPage::opened, this, [&page, show] {
        QTimer::singleShot(0, &page, show); // after the view has shown all of the run
    });
}

} // namespace Fanfare
