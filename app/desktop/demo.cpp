// SPDX-License-Identifier: MIT
#include "demo.h"

#include "models/catalogview.h"
#include "session.h"

#include <QCoreApplication>

#include <initializer_list>

namespace Fanfare {

using namespace Qt::StringLiterals;

/// Small text files that every Debian system has.
static const auto sampleFolder = "/usr/share/common-licenses"_L1;

static EmitCommand durations(const QString &event, std::initializer_list<int> milliseconds,
                             quint64 count, double rate)
{
    EmitCommand command{event, {}, count, rate};
    for (int duration : milliseconds)
        command.arguments.append(Arguments{{}, {}, {{u"ms"_s, duration}}});
    return command;
}

static EmitCommand echoes()
{
    EmitCommand command{u"Echo"_s, {}, 56, 8};
    command.arguments.append(Arguments{{u"one"_s, 2, true}, {}, {}});
    command.arguments.append(Arguments{{}, {{u"greeting"_s, u"Hello"_s}, {u"count"_s, 3}}, {}});
    return command;
}

EmitCommand filesCommand(const QStringList &files)
{
    EmitCommand command{u"FileAdded"_s, {}, quint64(files.size()), 0};
    command.arguments.reserve(files.size());
    for (const QString &file : files)
        command.arguments.append(Arguments{{}, {}, {{u"path"_s, file}}});
    return command;
}

Result<QList<EmitCommand>> demoCommands(const CatalogFact &catalog, const QStringList &files)
{
    QList<EmitCommand> commands{
        {u"StringEvent"_s, {}, 2, 0},
        durations(u"Sleep"_s, {120, 60, 240, 90, 180, 40}, 42, 6),
        durations(u"Spin"_s, {60, 25, 110}, 28, 4),
        durations(u"SleepAsync"_s, {500, 900, 300, 700}, 28, 4),
        echoes(),
        {u"ChaosThrow"_s, {}, 1, 0.5},
    };
    if (!files.isEmpty()) {
        commands.append(filesCommand(files));
        commands.last().rate = 4;
    }
    commands.removeIf([&catalog](const EmitCommand &command) {
        return handlersOf(catalog, command.event).isEmpty();
    });
    const bool isPlayable = !commands.isEmpty() && commands.constFirst().event != "ChaosThrow"_L1;
    if (isPlayable)
        return commands;
    return Error{ErrorCode::NotFound,
                 QCoreApplication::translate(
                     "Fanfare::Demo",
                     "The demo needs the bundled plugins “basics” or “checksum”, and neither is "
                     "active. The plugin pane says why; --plugins names the folder they are in.")};
}

Demo::Demo(Session &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
{
    connect(&m_collector, &FileCollector::collected, this, &Demo::playWith);
    connect(&m_session, &Session::engineReady, this, [this] {
        if (m_isWaiting)
            playWith(m_files);
    });
}

void Demo::play()
{
    m_collector.collect({sampleFolder});
}

void Demo::playWith(const QStringList &files)
{
    m_files = files;
    if (m_files == QStringList(sampleFolder))
        m_files.clear(); // the folder is not there and was taken for a file
    const EngineState state = m_session.engineState();
    m_isWaiting = state == EngineState::Starting || state == EngineState::Restarting;
    if (m_isWaiting)
        return;
    const auto commands = demoCommands(m_session.model().catalog(), m_files);
    if (!commands) {
        Q_EMIT unplayable(commands.error().message);
        return;
    }
    for (const EmitCommand &command : *commands)
        m_session.emitEvent(command);
}

} // namespace Fanfare
