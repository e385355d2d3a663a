// SPDX-License-Identifier: MIT
#include "layoutchoice.h"

#include "actionregistry.h"
#include "undostep.h"
#include "windowlayout.h"

#include <QAction>
#include <QDockWidget>
#include <QInputDialog>
#include <QMainWindow>
#include <QUndoStack>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

LayoutChoice::LayoutChoice(QMainWindow &window, WindowLayout &layout, ActionRegistry &registry,
                           QUndoStack &undo)
    : QObject(&window)
    , m_window(window)
    , m_layout(layout)
    , m_registry(registry)
    , m_undo(undo)
{
    addPreset(u"view.layout.reset"_s, tr("Reset layout"), tr("Put all panes back in place"),
              &LayoutChoice::showAll);
    addPreset(u"view.layout.analysis"_s, tr("Analysis layout"),
              tr("Room for the timeline, the details and the log"), &LayoutChoice::arrangeAnalysis);
    addPreset(u"view.layout.comparison"_s, tr("Comparison layout"),
              tr("Room for runs side by side, with the scenarios and the list of runs"),
              &LayoutChoice::arrangeComparison);
    addPreset(u"view.layout.presentation"_s, tr("Presentation layout"),
              tr("Nothing but the timeline"), &LayoutChoice::arrangePresentation);
    addView(u"view.fullScreen"_s, tr("Full screen"),
            tr("The window takes the whole screen, or not"), u"F11"_s,
            &LayoutChoice::toggleFullScreen);
    addView(u"view.sidePanes"_s, tr("Panes beside the timeline"),
            tr("Hide all panes beside and below, or bring those back"), u"Ctrl+B"_s,
            &LayoutChoice::toggleSidePanes);
    QAction *save = registry.add({.id = u"view.layout.save"_s,
                                  .menu = ActionMenu::View,
                                  .text = tr("Save layout as…"),
                                  .tip = tr("Keep where the panes are now under a name"),
                                  .submenu = tr("Layout"),
                                  .startsGroup = true});
    connect(save, &QAction::triggered, this, &LayoutChoice::askForName);
    m_forget = registry.add({.id = u"view.layout.forget"_s,
                             .menu = ActionMenu::View,
                             .text = tr("Forget a layout…"),
                             .tip = tr("Remove one of your own layouts"),
                             .submenu = tr("Layout")});
    connect(m_forget, &QAction::triggered, this, &LayoutChoice::askWhichToForget);
    refreshNamed();
}

void LayoutChoice::addPreset(const QString &id, const QString &text, const QString &tip,
                             void (LayoutChoice::*arrange)())
{
    QAction *action = m_registry.add(
        {.id = id, .menu = ActionMenu::View, .text = text, .tip = tip, .submenu = tr("Layout")});
    connect(action, &QAction::triggered, this, arrange);
}

void LayoutChoice::addView(const QString &id, const QString &text, const QString &tip,
                           const QString &keys, void (LayoutChoice::*change)())
{
    QAction *action = m_registry.add({.id = id,
                                      .menu = ActionMenu::View,
                                      .text = text,
                                      .tip = tip,
                                      .keys = {QKeySequence(keys)}});
    connect(action, &QAction::triggered, this, change);
}

void LayoutChoice::toggleFullScreen()
{
    m_window.setWindowState(m_window.windowState() ^ Qt::WindowFullScreen);
}

/// Without any pane in view the ones that were hidden last come back, or all.
void LayoutChoice::toggleSidePanes()
{
    const QList<QDockWidget *> docks = m_window.findChildren<QDockWidget *>();
    const bool hasSome = std::ranges::any_of(
        docks, [](const QDockWidget *dock) { return !dock->isHidden() && !dock->isFloating(); });
    if (hasSome) {
        m_withPanes = m_layout.current();
        for (QDockWidget *dock : docks)
            dock->setVisible(dock->isFloating() && !dock->isHidden());
    } else if (m_withPanes.isEmpty()) {
        m_layout.reset();
    } else {
        m_layout.apply(m_withPanes);
    }
}

void LayoutChoice::showAll()
{
    m_layout.reset();
}

void LayoutChoice::arrangeAnalysis()
{
    m_layout.reset();
    hide({u"plugins"_s, u"emit"_s});
    const auto details = m_window.findChild<QDockWidget *>(u"details"_s);
    const auto log = m_window.findChild<QDockWidget *>(u"log"_s);
    if (details && log) {
        m_window.resizeDocks({details}, {m_window.width() * 3 / 10}, Qt::Horizontal);
        m_window.resizeDocks({log}, {m_window.height() * 35 / 100}, Qt::Vertical);
    }
}

/// What tells of the live run goes; what comparisons are made of stays.
void LayoutChoice::arrangeComparison()
{
    m_layout.reset();
    hide({u"plugins"_s, u"emit"_s, u"details"_s, u"log"_s, u"history"_s});
    if (auto runs = m_window.findChild<QDockWidget *>(u"runs"_s)) {
        m_window.resizeDocks({runs}, {m_window.height() / 4}, Qt::Vertical);
        runs->raise();
    }
}

void LayoutChoice::hide(const QStringList &docks)
{
    for (const QString &name : docks) {
        if (auto dock = m_window.findChild<QDockWidget *>(name))
            dock->hide();
    }
}

void LayoutChoice::arrangePresentation()
{
    m_layout.reset();
    for (QDockWidget *dock : m_window.findChildren<QDockWidget *>())
        dock->hide();
}

void LayoutChoice::saveAs(const QString &name)
{
    m_layout.setNamed(name, m_layout.current());
    refreshNamed();
}

void LayoutChoice::forget(const QString &name)
{
    const QByteArray state = m_layout.named(name);
    if (state.isEmpty())
        return;
    const auto set = [this, name](const QByteArray &value) {
        m_layout.setNamed(name, value);
        refreshNamed();
    };
    m_undo.push(new UndoStep(
        tr("forget the layout “%1”").arg(name), [set] { set({}); }, [set, state] { set(state); }));
}

void LayoutChoice::askForName()
{
    auto dialog = new QInputDialog(&m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save layout"));
    dialog->setLabelText(tr("Name of the layout:"));
    dialog->setComboBoxItems(m_layout.names());
    dialog->setComboBoxEditable(true);
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString &name) {
        if (!name.trimmed().isEmpty())
            saveAs(name.trimmed());
    });
    dialog->open();
}

void LayoutChoice::askWhichToForget()
{
    auto dialog = new QInputDialog(&m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Forget a layout"));
    dialog->setLabelText(tr("Layout to forget:"));
    dialog->setComboBoxItems(m_layout.names());
    connect(dialog, &QInputDialog::textValueSelected, this, &LayoutChoice::forget);
    dialog->open();
}

void LayoutChoice::refreshNamed()
{
    for (QAction *action : std::as_const(m_named))
        m_registry.remove(*action);
    m_named.clear();
    const QStringList names = m_layout.names();
    for (const QString &name : names) {
        QAction *action = m_registry.add({.id = u"view.layout.own."_s + name,
                                          .menu = ActionMenu::View,
                                          .text = tr("Layout “%1”").arg(name),
                                          .tip = {},
                                          .submenu = tr("Layout"),
                                          .startsGroup = m_named.isEmpty()});
        connect(action, &QAction::triggered, this,
                [this, name] { m_layout.apply(m_layout.named(name)); });
        m_named.insert(name, action);
    }
    m_forget->setEnabled(!names.isEmpty());
}

} // namespace Fanfare
