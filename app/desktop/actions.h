// SPDX-License-Identifier: MIT
#pragma once

#include <QList>

class QAction;
class QMainWindow;

namespace Fanfare {

/// Everything the user can ask the window for. The window owns the actions; what they do is
/// connected by whoever knows both ends.
struct Actions
{
    explicit Actions(QMainWindow &window);

    QAction *playDemo;
    QAction *emitEvent;
    QAction *stop;
    QAction *restartEngine;
    QAction *follow; ///< checkable
    QAction *fit;
    QAction *zoomIn;
    QAction *zoomOut;
    QAction *clear;
    QAction *copyDetails;
    QAction *resetLayout;
    QAction *openPluginFolder;
    QAction *showShortcuts;
    QAction *about;
    QAction *aboutQt;
    QAction *quit;

    /// Fills the menu bar; \a docks are the switches of the View menu.
    void createMenus(QMainWindow &window, const QList<QAction *> &docks) const;
    void createToolBar(QMainWindow &window) const;
};

} // namespace Fanfare
