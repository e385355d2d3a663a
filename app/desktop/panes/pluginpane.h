// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/pluginmodel.h"

#include <QTimer>
#include <QWidget>

class QTreeView;

namespace Fanfare {

/// The plugins tree. Choosing an event or handler puts its event into the emit pane.
class PluginPane final : public QWidget
{
    Q_OBJECT

public:
    explicit PluginPane(RunModel &run, QWidget *parent = nullptr);

Q_SIGNALS:
    void eventChosen(const QString &event);
    void emitWanted(const QString &event); ///< double click
    void folderWanted();
    void anotherTryWanted(const QString &path); ///< of a file that was refused

private:
    void createLayout();
    void createView();
    void reload();
    void select(const QString &event);
    void refreshCountsSoon();
    void showMenu(const QPoint &position);

    RunModel &m_run;
    PluginModel m_model;
    QTreeView *m_view;
    QTimer m_countTimer;
    bool m_isReloading = false; ///< what is selected was selected before
};

} // namespace Fanfare
