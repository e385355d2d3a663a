// SPDX-License-Identifier: MIT
#pragma once

#include "shelfmodel.h"

#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QTableView;

namespace Fanfare {

/// The dock of kept runs: search, open, compare, rename, tag, pin and delete.
///
/// Threads: [gui].
class ShelfPane final : public QWidget
{
    Q_OBJECT

public:
    explicit ShelfPane(Shelf &shelf, QWidget *parent = nullptr);

    QStringList selectedFiles() const; ///< in the order of the list
    const ShelfModel &model() const { return m_model; }

Q_SIGNALS:
    void openWanted(const QStringList &paths);
    void compareWanted(const QList<QStringList> &sides); ///< paths, the baseline first
    void retentionWanted();

private:
    void createActions();
    void createView();
    void createLayout();
    QAction *addAction(const QString &text, const QString &tip, const QString &icon);
    std::vector<LibraryEntry> selected() const;
    void openSelected();
    void compareSelected();
    void togglePin();
    void removeSelected();
    void keepSelection(); ///< while runs come and go
    void refreshActions();
    void refreshSummary();

    Shelf &m_shelf;
    ShelfModel m_model;
    QLineEdit *m_search;
    QLabel *m_summary;
    QStringList m_selectedBefore; ///< files, while the model is reset
    QTableView *m_view;
    QAction *m_open = nullptr;
    QAction *m_compare = nullptr;
    QAction *m_pin = nullptr;
    QAction *m_remove = nullptr;
};

} // namespace Fanfare
