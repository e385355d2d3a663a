// SPDX-License-Identifier: MIT
#pragma once

class QAction;
class QMainWindow;

namespace Fanfare {

class ActionRegistry;

/// What the user can ask the window for by itself. What the actions do is connected by whoever
/// knows both ends; parts of the window add further ones to the registry themselves.
struct Actions
{
    explicit Actions(ActionRegistry &registry);

    // In the order of the menus.
    QAction *openScenario;
    QAction *openLink;
    QAction *openPluginFolder;
    QAction *quit;
    QAction *copyDetails;
    QAction *copyDetailsAsJson;
    QAction *clear;
    QAction *openDetails;
    QAction *showPalette;
    QAction *goTo;
    QAction *follow; ///< a switch
    QAction *fit;
    QAction *zoomIn;
    QAction *zoomOut;
    QAction *playDemo;
    QAction *emitEvent;
    QAction *stop;
    QAction *cancelEmission;
    QAction *restartEngine;
    QAction *showShortcuts;
    QAction *editShortcuts;
    QAction *firstHandler;
    QAction *about;
    QAction *aboutQt;

    void fillToolBar(QMainWindow &window) const;
};

} // namespace Fanfare
