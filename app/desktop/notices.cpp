// SPDX-License-Identifier: MIT
#include "notices.h"

#include "demo.h"
#include "droparea.h"
#include "panes/messagearea.h"
#include "session.h"

#include <QDesktopServices>
#include <QUrl>

namespace Fanfare {

using namespace Qt::StringLiterals;

Notices::Notices(Session &session, MessageArea &area, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_area(area)
{
    connect(&m_session, &Session::engineDied, this, &Notices::tellOfEnd);
    connect(&m_session, &Session::engineReady, this, [this] { m_area.withdraw(u"engine"_s); });
    connect(&m_session, &Session::stopIgnored, this, &Notices::tellOfHanging);
    connect(&m_session, &Session::changeDelayed, this, &Notices::tellOfDelay);
    connect(&m_session, &Session::becameIdle, this, &Notices::withdrawBusy);
    connect(&m_session, &Session::engineStateChanged, this, &Notices::withdrawBusy);
    connect(&m_session, &Session::refused, this, &Notices::tellOfRefusal);
    connect(&m_session, &Session::problemsFound, this, &Notices::tellOfProblems);
    connect(&m_session, &Session::engineReady, this, &Notices::tellOfCrashes);
    connect(&m_session.model(), &RunModel::catalogChanged, this, &Notices::tellOfCrashes);
    connect(&m_installer, &PluginInstaller::installed, this, &Notices::tellOfPlugins);
}

void Notices::watch(Demo &demo)
{
    connect(&demo, &Demo::unplayable, this, &Notices::tellOfRefusal);
}

void Notices::watch(DropArea &drops)
{
    connect(&drops, &DropArea::pluginsDropped, this, &Notices::installPlugins);
    connect(&drops, &DropArea::nothingDropped, this,
            [this] { tellOfRefusal(tr("There are no files in what was dropped.")); });
}

void Notices::tellOfEnd(const QString &sentence)
{
    m_area.showMessage({u"engine"_s, Accent::Bad, sentence, tr("Restart engine"),
                        [this] { m_session.startEngine(); }});
}

/// A handler that was quarantined before this window opened is told by the tree alone.
void Notices::tellOfCrashes()
{
    const bool isOnThreads = m_session.options().executor == ExecutorKind::Threads;
    bool isQuarantined = false;
    bool isOffered = false;
    for (const PluginFact &plugin : m_session.model().catalog().plugins) {
        for (const HandlerFact &handler : plugin.handlers) {
            if (!plugin.isActive || !handler.crash)
                continue;
            if (handler.crash->isQuarantined()) {
                isQuarantined = true;
                tellOfQuarantine(handler, *handler.crash);
            } else if (isOnThreads && handler.crash->place == CrashPlace::Threads) {
                isOffered = true;
                if (m_session.engineState() == EngineState::Ready)
                    offerProcesses(plugin, handler);
            }
        }
    }
    if (!isQuarantined)
        m_area.withdraw(u"quarantine"_s);
    if (!isOffered)
        m_area.withdraw(u"processes"_s);
}

/// Whether this is said for the first time about that crash.
static bool isNews(QSet<QString> &told, const QString &what, const CrashRecord &crash)
{
    const QString news = what + crash.time.toString(Qt::ISODateWithMs) + crash.handler;
    const bool isNew = !told.contains(news);
    told.insert(news);
    return isNew;
}

void Notices::tellOfQuarantine(const HandlerFact &handler, const CrashRecord &crash)
{
    if (!handler.block || !isNews(m_told, u"quarantine"_s, crash))
        return;
    m_area.showMessage({u"quarantine"_s, Accent::Caution, handler.block->text,
                        tr("Let it run again"),
                        [this, crash] { m_session.liftQuarantine(crash.hash, crash.handler); }});
}

void Notices::offerProcesses(const PluginFact &plugin, const HandlerFact &handler)
{
    if (!isNews(m_told, u"processes"_s, *handler.crash))
        return;
    m_area.showMessage({u"processes"_s, Accent::Caution,
                        tr("The engine stopped while “%1” of %2 ran on a thread. On processes such "
                           "a crash costs one task.")
                            .arg(handler.name, plugin.name),
                        tr("Run on processes"), [this] { Q_EMIT processesWanted(); }});
}

void Notices::tellOfHanging(const QString &sentence)
{
    m_area.showMessage({u"hanging"_s, Accent::Caution, sentence, tr("Restart engine"),
                        [this] { m_session.restartEngine(); }});
}

void Notices::tellOfDelay(const QString &sentence)
{
    m_area.showMessage({u"delay"_s, Accent::Neutral, sentence, tr("Restart now"),
                        [this] { m_session.restartEngine(); }});
}

/// What was said about running tasks is over.
void Notices::withdrawBusy()
{
    m_area.withdraw(u"hanging"_s);
    m_area.withdraw(u"delay"_s);
}

void Notices::tellOfRefusal(const QString &sentence)
{
    m_area.showMessage({u"refusal"_s, Accent::Caution, sentence, {}, {}});
}

void Notices::tellOfProblems(const QStringList &sentences)
{
    if (sentences.isEmpty())
        m_area.withdraw(u"folders"_s);
    else
        m_area.showMessage({u"folders"_s, Accent::Caution, sentences.join(u'\n'), {}, {}});
}

void Notices::installPlugins(const QStringList &files)
{
    (void)makeUserPluginFolder(); // if that fails, so does the copy, and says why
    m_installer.install(files, installFolder(m_session.options()));
}

void Notices::tellOfPlugins(const QList<InstalledPlugin> &plugins)
{
    QStringList sentences;
    for (const InstalledPlugin &plugin : plugins)
        sentences.append(plugin.sentence);
    m_session.rescanPlugins();
    Q_EMIT pluginsInstalled(plugins);
    m_area.showMessage({u"plugins"_s, Accent::Neutral, sentences.join(u'\n'),
                        tr("Open plugin folder"), [this] { openPluginFolder(); }});
}

void Notices::openPluginFolder()
{
    const QString folder = userPluginFolder();
    if (!makeUserPluginFolder()) {
        tellOfRefusal(tr("The plugin folder %1 cannot be made. Check who may write to the folder "
                         "above it.")
                          .arg(folder));
    } else if (!QDesktopServices::openUrl(QUrl::fromLocalFile(folder))) {
        tellOfRefusal(tr("No file manager could be opened. The plugin folder is %1.").arg(folder));
    }
}

} // namespace Fanfare
