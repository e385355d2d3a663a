// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/logrule.h"

#include <QDialog>
#include <QList>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace Fanfare {

class LogRuleRow;

/// Where the user says which lines of the log stand out, and how. Not modal: what is changed shows
/// at once. Deletes itself when closed.
class LogRuleEditor final : public QDialog
{
    Q_OBJECT

public:
    explicit LogRuleEditor(const QList<LogRule> &rules, QWidget *parent = nullptr);

    QList<LogRule> rules() const;

Q_SIGNALS:
    void changed(const QList<Fanfare::LogRule> &rules);

private:
    void createLayout();
    LogRuleRow *addRow(const LogRule &rule);
    void addRule();
    void remove(LogRuleRow *row);
    void moveUp(LogRuleRow *row);
    void renumber();
    void orderFocus();
    void tell();
    QString problem() const;

    QList<LogRuleRow *> m_rows;
    QVBoxLayout *m_list;
    QLabel *m_hint;
    QLabel *m_problem;
    QPushButton *m_add;
};

} // namespace Fanfare
