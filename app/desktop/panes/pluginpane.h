// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/pluginmodel.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QKeySequence;
class QLineEdit;
class QMenu;
class QStackedWidget;
class QTreeView;

namespace Fanfare {

class ActionRegistry;
class ColumnChooser;
class EmptyState;
class RuleEditor;
class SortChooser;

/// The plugins tree, and below it how the chosen one runs. Choosing an event or handler puts its
/// event into the emit pane.
class PluginPane final : public QWidget
{
    Q_OBJECT

public:
    explicit PluginPane(RunModel &run, QWidget *parent = nullptr);

    /// Adds what the chosen rows can be asked for, and the columns. Their keys need the focus of
    /// the tree.
    void addActions(ActionRegistry &registry);

    ColumnChooser &columns() { return *m_columns; }

Q_SIGNALS:
    void eventChosen(const QString &event);
    void emitWanted(const QString &event); ///< double click
    void folderWanted();
    void firstHandlerWanted();                  ///< the user wants to know how one is written
    void anotherTryWanted(const QString &path); ///< of a file that was refused
    void policyDecided(const Fanfare::PolicyTarget &target, const Fanfare::PolicyPart &part,
                       const Fanfare::PolicyPart &before);
    void uninstallWanted(const QStringList &files); ///< may be none: then nothing is chosen
    void rescanWanted();                            ///< of the plugin folders
    void liftWanted(const QByteArray &hash, const QString &handler); ///< of its quarantine

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void createLayout();
    void createView();
    void createHeader();
    void createActions();
    QAction *addAction(const QString &text, const QKeySequence &keys, void (PluginPane::*slot)());
    void copyRows();
    void uninstall();
    void rescan();
    void reload();
    void choose(const QModelIndex &index);
    void spanNames(const QModelIndex &parent);
    void createFilter();
    void showState();
    bool filter(const QModelIndex &parent, bool isParentShown);
    void toggleEnabled(const RuleSubject &subject);
    void toggleCurrent();
    void addRuleActions(QMenu &menu, const RuleSubject &subject);
    void refreshCountsSoon();
    void showMenu(const QPoint &position);

    RunModel &m_run;
    PluginModel m_model;
    QLineEdit *m_filter;
    QStackedWidget *m_pages;
    QTreeView *m_view;
    ColumnChooser *m_columns;
    SortChooser *m_order;
    EmptyState *m_empty;
    RuleEditor *m_rules;
    QAction *m_toggle = nullptr;
    QAction *m_copy = nullptr;
    QAction *m_uninstall = nullptr;
    QAction *m_rescan = nullptr;
    QTimer m_countTimer;
    bool m_isReloading = false; ///< what is selected was selected before
};

} // namespace Fanfare
