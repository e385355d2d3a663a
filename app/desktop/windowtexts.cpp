// SPDX-License-Identifier: MIT
#include "windowtexts.h"

#include "session.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QDir>
#include <QGuiApplication>
#include <QIcon>
#include <QMessageBox>
#include <QPushButton>

namespace Fanfare {

using namespace Qt::StringLiterals;

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

/// The tool lies next to the window.
static QString firstHandlerCommands()
{
    const QDir programs(QCoreApplication::applicationDirPath());
    const QStringList commands{
        u"'%1' new-plugin greet"_s.arg(programs.filePath(u"fanfare-cli"_s)),
        u"cmake -S greet -B greet/build -DCMAKE_PREFIX_PATH='%1'"_s.arg(
            QDir::cleanPath(programs.filePath(u".."_s))),
        u"cmake --build greet/build --target drop"_s,
    };
    return commands.join(u'\n');
}

void showFirstHandler(QWidget &window)
{
    const QString commands = firstHandlerCommands();
    auto box = new QMessageBox(&window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(Text::tr("Write your first handler"));
    box->setText(Text::tr("<p>These commands write a plugin with one event and one handler, build "
                          "it, and put it where this window looks:</p><pre>%1</pre>"
                          "<p>It appears in the pane Plugins by itself, now and after each build. "
                          "Change <tt>greet/greet.cpp</tt>; <tt>greet/README.md</tt> tells what "
                          "else is there.</p>")
                     .arg(commands.toHtmlEscaped()));
    box->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    QPushButton *copy = box->addButton(Text::tr("Copy the commands"), QMessageBox::ActionRole);
    box->addButton(QMessageBox::Close);
    copy->disconnect(); // it leaves the box open
    QObject::connect(copy, &QPushButton::clicked, box,
                     [commands] { QGuiApplication::clipboard()->setText(commands); });
    box->open();
}

} // namespace Fanfare
