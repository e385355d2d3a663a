// SPDX-License-Identifier: MIT
#include "notices.h"

#include "demo.h"
#include "droparea.h"
#include "panes/messagearea.h"
#include "session.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
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
}

void Notices::watch(Demo &demo)
{
    connect(&demo, &Demo::unplayable, this, &Notices::tellOfRefusal);
}

void Notices::watch(DropArea &drops)
{
    connect(&drops, &DropArea::pluginsDropped, this, &Notices::tellOfPlugins);
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

void Notices::tellOfPlugins(const QStringList &files)
{
    QStringList names;
    for (const QString &file : files)
        names.append(QFileInfo(file).fileName());
    m_area.showMessage({u"plugins"_s, Accent::Neutral,
                        tr("To install %1, copy it into %2 and choose Run > Restart engine.")
                            .arg(names.join(u", "_s), userPluginFolder()),
                        tr("Open plugin folder"), [this] { openPluginFolder(); }});
}

void Notices::openPluginFolder()
{
    const QString folder = userPluginFolder();
    if (!QDir().mkpath(folder)) {
        tellOfRefusal(tr("The plugin folder %1 cannot be made. Check who may write to the folder "
                         "above it.")
                          .arg(folder));
    } else if (!QDesktopServices::openUrl(QUrl::fromLocalFile(folder))) {
        tellOfRefusal(tr("No file manager could be opened. The plugin folder is %1.").arg(folder));
    }
}

} // namespace Fanfare
