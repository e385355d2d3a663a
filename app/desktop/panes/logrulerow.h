// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/logrule.h"

#include <QComboBox>
#include <QLineEdit>
#include <QToolButton>
#include <QWidget>

namespace Fanfare {

/// One rule of a log, in a row of inputs.
class LogRuleRow final : public QWidget
{
    Q_OBJECT

public:
    explicit LogRuleRow(const LogRule &rule, QWidget *parent = nullptr);

    LogRule rule() const;
    QString problem() const; ///< see LogPattern
    QList<QWidget *> inputs() const { return {m_tint, m_text, m_level, m_source, m_up, m_remove}; }
    void setNumber(int number); ///< what screen readers call its inputs by, from 1

Q_SIGNALS:
    void changed();
    void removeWanted();
    void upWanted(); ///< one place further to the top, where it counts before others

private:
    void createInputs(const LogRule &rule);
    void createLayout();

    QComboBox *m_tint;
    QLineEdit *m_text;
    QComboBox *m_level;
    QLineEdit *m_source;
    QToolButton *m_up;
    QToolButton *m_remove;
};

} // namespace Fanfare
