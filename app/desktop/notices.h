// SPDX-License-Identifier: MIT
#pragma once

#include "plugininstaller.h"

#include <QObject>
#include <QSet>

namespace Fanfare {

class Demo;
class DropArea;
class MessageArea;
class Session;
struct CrashRecord;
struct HandlerFact;
struct PluginFact;

/// Decides which facts become messages for the user, in which words and with which way out.
class Notices final : public QObject
{
    Q_OBJECT

public:
    Notices(Session &session, MessageArea &area, QObject *parent = nullptr);

    void watch(Demo &demo);
    void watch(DropArea &drops);

    /// Shows the user's own plugin folder in the file manager; makes it when it is not there.
    void openPluginFolder();

Q_SIGNALS:
    void processesWanted(); ///< handlers shall run on processes from now on
    void pluginsInstalled(const QList<Fanfare::InstalledPlugin> &plugins); ///< or tried to

private:
    void tellOfCrashes();
    void tellOfQuarantine(const HandlerFact &handler, const CrashRecord &crash);
    void offerProcesses(const PluginFact &plugin, const HandlerFact &handler);
    void tellOfEnd(const QString &sentence);
    void tellOfHanging(const QString &sentence);
    void tellOfDelay(const QString &sentence);
    void withdrawBusy();
    void tellOfRefusal(const QString &sentence);
    void tellOfProblems(const QStringList &sentences);
    void installPlugins(const QStringList &files);
    void tellOfPlugins(const QList<InstalledPlugin> &plugins);

    Session &m_session;
    MessageArea &m_area;
    PluginInstaller m_installer;
    QSet<QString> m_told; ///< about crashes, by what and when: each of them once
};

} // namespace Fanfare
