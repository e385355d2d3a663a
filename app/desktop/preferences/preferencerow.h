// SPDX-License-Identifier: MIT
#pragma once

#include "preference.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace Fanfare {

class Preferences;

/// One preference to be read and changed: its title, what it does, an input, and a button that
/// brings the standard back.
///
/// Threads: [gui].
class PreferenceRow final : public QWidget
{
    Q_OBJECT

public:
    /// Both outlive this.
    PreferenceRow(const Preference &preference, Preferences &preferences,
                  QWidget *parent = nullptr);

    const Preference &preference() const { return m_preference; }

    /// Whether every word of \a search is somewhere in what this row says, in any case.
    bool matches(const QString &search) const;

private:
    QWidget *createInput();
    QWidget *createChoice();
    QWidget *createNumber();
    QWidget *createText();
    void createLayout(QWidget &input);
    void takeText();
    void refresh();

    const Preference m_preference;
    Preferences &m_preferences;
    QComboBox *m_choice = nullptr;
    QDoubleSpinBox *m_number = nullptr; // more than an int holds
    QLineEdit *m_text = nullptr;
    QLabel *m_problem = nullptr; // with a text, why it is not taken
    QToolButton *m_reset;
};

} // namespace Fanfare
