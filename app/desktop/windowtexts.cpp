// SPDX-License-Identifier: MIT
#include "windowtexts.h"

#include "session.h"

#include <QCoreApplication>
#include <QIcon>
#include <QMessageBox>

namespace Fanfare {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::MainWindow)
};

} // namespace

QString windowTitleOf(const Session &session)
{
    switch (session.engineState()) {
    case EngineState::Starting:
    case EngineState::Restarting:
        return Text::tr("Starting");
    case EngineState::Ready:
        return session.isBusy() ? Text::tr("Live") : Text::tr("Fanfare");
    case EngineState::Ended:
        break;
    }
    return Text::tr("Engine stopped");
}

void showAbout(QWidget &window)
{
    auto box = new QMessageBox(&window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(Text::tr("About Fanfare"));
    box->setIconPixmap(window.windowIcon().pixmap(64, 64));
    box->setText(
        Text::tr("<h3>Fanfare %1</h3><p>Emit events, run handlers on threads or processes, "
                 "watch every one of them.</p><p>MIT license</p>")
            .arg(QStringLiteral(FANFARE_VERSION)));
    box->open();
}

} // namespace Fanfare
