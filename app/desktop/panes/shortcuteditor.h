// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>

class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QTreeWidget;
class QTreeWidgetItem;

namespace Fanfare {

class ShortcutSettings;

/// A table of all actions, and of what the timeline does, in which their keys can be changed; keys
/// that are taken are refused with a sentence. Not modal; deletes itself when closed.
class ShortcutEditor final : public QDialog
{
    Q_OBJECT

public:
    ShortcutEditor(ShortcutSettings &settings, QWidget *parent);

private:
    void createLayout();
    void fill();
    void filter(const QString &text);
    void showCurrent();
    void change();
    void resetCurrent();
    void refresh(QTreeWidgetItem &item);

    ShortcutSettings &m_settings;
    QLineEdit *m_filter;
    QTreeWidget *m_list;
    QKeySequenceEdit *m_keys;
    QLabel *m_problem;
};

} // namespace Fanfare
