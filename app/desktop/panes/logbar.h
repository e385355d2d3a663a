// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/logfilter.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QMenu;
class QToolButton;

namespace Fanfare {

/// Where the user says which lines of the log to show.
class LogBar final : public QWidget
{
    Q_OBJECT

public:
    explicit LogBar(QWidget *parent = nullptr);

    /// What is set here; task and first line are the pane's.
    void readInto(LogFilter &filter) const;
    bool isFolding() const;
    bool isForSelection() const; ///< only lines of the marked area or task

    void setHandlers(const QStringList &handlers); ///< keeps the choice
    void setForSelection(bool only);
    void setSummary(const QString &text, const QString &problem);
    void setFollowing(bool following);
    void reset(); ///< everything is shown
    void focusFilter();

Q_SIGNALS:
    void changed();
    void newestWanted();
    void rulesWanted(); ///< to be edited

private:
    void createInputs();
    void createLevels();
    QCheckBox *addSwitch(const QString &text, const QString &tip);

    QLineEdit *m_text;
    QToolButton *m_levels;
    QMenu *m_levelMenu;
    QComboBox *m_handler;
    QCheckBox *m_selection;
    QCheckBox *m_folding;
    QToolButton *m_rules;
    QLabel *m_summary;
    QToolButton *m_newest;
};

} // namespace Fanfare
