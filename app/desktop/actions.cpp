// SPDX-License-Identifier: MIT
#include "actions.h"

#include "actionregistry.h"

#include <QAction>
#include <QCoreApplication>
#include <QMainWindow>
#include <QToolBar>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

struct Word
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::Actions)
};

QList<QKeySequence> keys(std::initializer_list<const char *> sequences)
{
    QList<QKeySequence> list;
    for (const char *sequence : sequences)
        list.append(QKeySequence(QString::fromLatin1(sequence)));
    return list;
}

} // namespace

Actions::Actions(ActionRegistry &registry)
    : openScenario(registry.add({.id = u"file.open"_s,
                                 .menu = ActionMenu::File,
                                 .text = Word::tr("Play a scenario…"),
                                 .tip = Word::tr("Make all emissions that a scenario file lists"),
                                 .icon = u"play"_s,
                                 .keys = keys({"Ctrl+Alt+O"})}))
    , openLink(registry.add({.id = u"file.openLink"_s,
                             .menu = ActionMenu::File,
                             .text = Word::tr("Open a link…"),
                             .tip = Word::tr("Go to the task that somebody sent a link to"),
                             .icon = u"link"_s}))
    , openPluginFolder(
          registry.add({.id = u"file.pluginFolder"_s,
                        .menu = ActionMenu::File,
                        .text = Word::tr("Open plugin folder"),
                        .tip = Word::tr("Show the folder your own plugins belong into"),
                        .icon = u"folder"_s,
                        .startsGroup = true}))
    , quit(registry.add({.id = u"file.quit"_s,
                         .menu = ActionMenu::File,
                         .text = Word::tr("Quit"),
                         .tip = Word::tr("End the engine and close the window"),
                         .keys = keys({"Ctrl+Q"}),
                         .startsGroup = true,
                         .rank = 9}))
    , copyDetails(registry.add({.id = u"edit.copyDetails"_s,
                                .menu = ActionMenu::Edit,
                                .text = Word::tr("Copy details"),
                                .tip = Word::tr("Copy all that is known about the selected task"),
                                .keys = keys({"Ctrl+Shift+C"}),
                                .startsGroup = true}))
    , copyDetailsAsJson(registry.add({.id = u"edit.copyDetailsAsJson"_s,
                                      .menu = ActionMenu::Edit,
                                      .text = Word::tr("Copy details as JSON"),
                                      .tip = Word::tr("The same for programs to read"),
                                      .keys = keys({"Ctrl+Alt+C"})}))
    , clear(registry.add({.id = u"edit.clear"_s,
                          .menu = ActionMenu::Edit,
                          .text = Word::tr("Clear"),
                          .tip = Word::tr("Forget all spans and log lines"),
                          .icon = u"clear"_s,
                          .keys = keys({"Ctrl+Shift+K"}),
                          .startsGroup = true}))
    , openDetails(registry.add({.id = u"view.openDetails"_s,
                                .menu = ActionMenu::View,
                                .text = Word::tr("Open the details in a window"),
                                .tip = Word::tr("Keep the selected task in view beside others"),
                                .keys = keys({"Ctrl+Shift+O"}),
                                .rank = 1}))
    , showPalette(registry.add({.id = u"view.palette"_s,
                                .menu = ActionMenu::View,
                                .text = Word::tr("Command palette"),
                                .tip = Word::tr("Find everything by some letters of its name"),
                                .icon = u"search"_s,
                                .keys = keys({"Ctrl+Shift+P", "Ctrl+K"})}))
    , goTo(registry.add({.id = u"view.goTo"_s,
                         .menu = ActionMenu::View,
                         .text = Word::tr("Go to handler or emission…"),
                         .tip = Word::tr("Show what a handler did last, or an emission by number"),
                         .keys = keys({"Ctrl+P"})}))
    , follow(registry.add({.id = u"view.follow"_s,
                           .menu = ActionMenu::View,
                           .text = Word::tr("Follow"),
                           .tip = Word::tr("Keep the newest moment in view"),
                           .icon = u"follow"_s,
                           .keys = keys({"Ctrl+L"}),
                           .startsGroup = true,
                           .isSwitch = true}))
    , fit(registry.add({.id = u"view.fit"_s,
                        .menu = ActionMenu::View,
                        .text = Word::tr("Fit"),
                        .tip = Word::tr("Show the whole run"),
                        .icon = u"fit"_s,
                        .keys = keys({"Ctrl+0"})}))
    , zoomIn(registry.add({.id = u"view.zoomIn"_s,
                           .menu = ActionMenu::View,
                           .text = Word::tr("Zoom in"),
                           .tip = Word::tr("Show less time in more detail"),
                           .keys = {QKeySequence(QKeySequence::ZoomIn), u"Ctrl+="_s}}))
    , zoomOut(registry.add({.id = u"view.zoomOut"_s,
                            .menu = ActionMenu::View,
                            .text = Word::tr("Zoom out"),
                            .tip = Word::tr("Show more time"),
                            .keys = {QKeySequence(QKeySequence::ZoomOut)}}))
    , playDemo(
          registry.add({.id = u"run.demo"_s,
                        .menu = ActionMenu::Run,
                        .text = Word::tr("Play the demo"),
                        .tip = Word::tr("A few seconds of sleeping, computing, hashing and one "
                                        "failure"),
                        .icon = u"play"_s,
                        .keys = keys({"Ctrl+Shift+D"})}))
    , emitEvent(registry.add({.id = u"run.emit"_s,
                              .menu = ActionMenu::Run,
                              .text = Word::tr("Emit"),
                              .tip = Word::tr("Emit the event of the emit pane"),
                              .icon = u"emit"_s,
                              .keys = keys({"Ctrl+Return", "Ctrl+Enter"})}))
    , stop(registry.add({.id = u"run.stop"_s,
                         .menu = ActionMenu::Run,
                         .text = Word::tr("Stop"),
                         .tip = Word::tr("Cancel what is queued and ask running handlers to stop"),
                         .icon = u"stop"_s,
                         .keys = keys({"Ctrl+."})}))
    , cancelEmission(registry.add(
          {.id = u"run.cancelEmission"_s,
           .menu = ActionMenu::Run,
           .text = Word::tr("Cancel the selected emission"),
           .tip = Word::tr("As Stop, but only the tasks of the emission in the details"),
           .keys = keys({"Ctrl+Shift+."})}))
    , restartEngine(registry.add({.id = u"run.restartEngine"_s,
                                  .menu = ActionMenu::Run,
                                  .text = Word::tr("Restart engine"),
                                  .tip = Word::tr("Start the engine anew; plugins are read again"),
                                  .icon = u"restart"_s,
                                  .keys = keys({"Ctrl+Alt+E"}),
                                  .startsGroup = true}))
    , showShortcuts(registry.add({.id = u"help.shortcuts"_s,
                                  .menu = ActionMenu::Help,
                                  .text = Word::tr("Keyboard shortcuts"),
                                  .tip = Word::tr("All keys at a glance"),
                                  .keys = keys({"F1", "?"})}))
    , editShortcuts(registry.add({.id = u"help.editShortcuts"_s,
                                  .menu = ActionMenu::Help,
                                  .text = Word::tr("Change shortcuts…"),
                                  .tip = Word::tr("Give an action other keys")}))
    , firstHandler(registry.add({.id = u"help.firstHandler"_s,
                                 .menu = ActionMenu::Help,
                                 .text = Word::tr("Write your first handler…"),
                                 .tip = Word::tr("From nothing to a plugin in use")}))
    , about(registry.add({.id = u"help.about"_s,
                          .menu = ActionMenu::Help,
                          .text = Word::tr("About Fanfare"),
                          .tip = Word::tr("Version and license"),
                          .startsGroup = true}))
    , aboutQt(registry.add({.id = u"help.aboutQt"_s,
                            .menu = ActionMenu::Help,
                            .text = Word::tr("About Qt"),
                            .tip = Word::tr("The toolkit this window is made with")}))
{
    about->setMenuRole(QAction::AboutRole);
    aboutQt->setMenuRole(QAction::AboutQtRole);
    quit->setMenuRole(QAction::QuitRole);
}

void Actions::fillToolBar(QMainWindow &window) const
{
    auto bar = new QToolBar(Word::tr("Tool bar"), &window);
    bar->setObjectName(u"toolBar"_s);
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->setIconSize(QSize(18, 18));
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->addActions({playDemo, emitEvent, stop});
    bar->addSeparator();
    bar->addActions({follow, fit, clear});
    auto space = new QWidget(bar);
    space->setObjectName(u"space"_s); // favorites come before it
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(space);
    bar->addAction(showPalette);
    window.addToolBar(bar);
}

} // namespace Fanfare
