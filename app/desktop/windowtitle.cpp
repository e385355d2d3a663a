// SPDX-License-Identifier: MIT
#include "windowtitle.h"

#include "session.h"

namespace Fanfare {

static QString titleText(const Session &session)
{
    switch (session.engineState()) {
    case EngineState::Starting:
    case EngineState::Restarting:
        return Session::tr("Starting");
    case EngineState::Ready:
        return session.isBusy() ? Session::tr("Live") : Session::tr("Fanfare");
    case EngineState::Ended:
        break;
    }
    return Session::tr("Engine stopped");
}

void showInTitle(Session &session, QWidget &window)
{
    const auto refresh = [&session, &window] { window.setWindowTitle(titleText(session)); };
    QObject::connect(&session, &Session::engineStateChanged, &window, refresh);
    QObject::connect(&session, &Session::busyChanged, &window, refresh);
    refresh();
}

} // namespace Fanfare
