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

/// Where plugins of this window are looked for and the user may write: mostly the user's folder.
static QString installFolder(const EngineOptions &options)
{
    const QStringList &folders = options.pluginFolders;
    return folders.isEmpty() || folders.contains(userPluginFolder()) ? userPluginFolder()
                                                                     : folders.last();
}

void Notices::installPlugins(const QStringList &files)
{
    (void)makeUserPluginFolder(); // if that fails, so does the copy, and says why
    m_installer.install(files, installFolder(m_session.options()));
}

void Notices::tellOfPlugins(const QStringList &sentences)
{
    m_session.rescanPlugins();
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
