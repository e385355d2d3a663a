// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/logmodel.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QTableView;
class QToolButton;

namespace Fanfare {

/// The log: all lines, or those that contain a text. It scrolls along until the user looks back.
class LogPane final : public QWidget
{
    Q_OBJECT

public:
    explicit LogPane(RunModel &run, QWidget *parent = nullptr);

    bool isFollowing() const { return m_isFollowing; }

Q_SIGNALS:
    void taskChosen(Fanfare::TaskId task);

private:
    void createView();
    void createHeader();
    void createMenu();
    void createLayout();
    void refresh();
    void refreshSummary();
    void setFollowing(bool following);
    void copyRows();

    RunModel &m_run;
    LogModel m_model;
    QLineEdit *m_filter;
    QLabel *m_summary;
    QToolButton *m_toEnd;
    QTableView *m_view;
    bool m_isFollowing = true;
    bool m_isRefreshing = false; ///< the scroll bar moves because of new rows, not of the user
};

} // namespace Fanfare
