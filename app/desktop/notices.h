// SPDX-License-Identifier: MIT
#pragma once

#include "plugininstaller.h"

#include <QObject>

namespace Fanfare {

class Demo;
class DropArea;
class MessageArea;
class Session;

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

private:
    void tellOfEnd(const QString &sentence);
    void tellOfHanging(const QString &sentence);
    void tellOfDelay(const QString &sentence);
    void withdrawBusy();
    void tellOfRefusal(const QString &sentence);
    void tellOfProblems(const QStringList &sentences);
    void installPlugins(const QStringList &files);
    void tellOfPlugins(const QStringList &sentences);

    Session &m_session;
    MessageArea &m_area;
    PluginInstaller m_installer;
};

} // namespace Fanfare
