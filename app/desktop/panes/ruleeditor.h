// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/rulesubject.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace Fanfare {

/// Shows how the handlers of one subject run and who said so, and lets the user decide otherwise.
/// Folded up until somebody wants to see it.
class RuleEditor final : public QWidget
{
    Q_OBJECT

public:
    explicit RuleEditor(QWidget *parent = nullptr);

    void setSubject(const std::optional<RuleSubject> &subject); ///< nothing: hidden
    void setUnfolded(bool isUnfolded);

Q_SIGNALS:
    /// An empty part resets the subject to what its plugin says. \a before is what was decided
    /// until now.
    void decided(const Fanfare::PolicyTarget &target, const Fanfare::PolicyPart &part,
                 const Fanfare::PolicyPart &before);
    void liftWanted(const QByteArray &hash, const QString &handler);
    void unfolded(); ///< it takes more room now

private:
    struct Row
    {
        QLabel *name = nullptr;
        QWidget *editor = nullptr;
        QLabel *source = nullptr;
        QToolButton *reset = nullptr;
    };

    void createHeader();
    void createRows();
    void connectEditors();
    void createCrash();
    Row addRow(const QString &name, QWidget *editor, const QString &tip,
               const std::function<void(PolicyPart &)> &reset);
    QSpinBox *createNumber(const QString &none, const QString &suffix);
    void decide(const std::function<void(PolicyPart &)> &change);
    void refresh();
    void refreshValues();
    void refreshRows();
    void refreshCrash();
    QString sourceText(PolicySource source) const;

    std::optional<RuleSubject> m_subject;
    bool m_isRefreshing = false; ///< what changes now was not changed by the user
    QToolButton *m_header;
    QWidget *m_body;
    QGridLayout *m_grid;
    QCheckBox *m_isEnabled;
    QComboBox *m_isolation;
    QSpinBox *m_deadline;
    QSpinBox *m_concurrency;
    QCheckBox *m_isIdempotent;
    QCheckBox *m_isBlocking;
    QSpinBox *m_memory;
    Row m_enabledRow;
    Row m_isolationRow;
    Row m_deadlineRow;
    Row m_concurrencyRow;
    Row m_idempotentRow;
    Row m_blockingRow;
    Row m_memoryRow;
    QLabel *m_crashText;
    QPushButton *m_lift;
    QPushButton *m_resetAll;
};

} // namespace Fanfare
