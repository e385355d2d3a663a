// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>

class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace Fanfare {

class EmptyState;
class PreferenceRow;
class Preferences;

/// All preferences, with a search; they can be written to a file and read from one.
///
/// Threads: [gui].
class PreferencesDialog final : public QDialog
{
    Q_OBJECT

public:
    /// \a preferences outlives this.
    explicit PreferencesDialog(Preferences &preferences, QWidget *parent = nullptr);

    void setSearch(const QString &text);

    /// Both show a sentence when the file cannot be read, written or taken.
    void importFrom(const QString &path);
    void exportTo(const QString &path);

    QString message() const; ///< what came of the last import or export

private:
    void createRows(QVBoxLayout &column);
    QWidget *createButtons();
    void applySearch(const QString &text);
    void askForImport();
    void askForExport();
    void tell(const QString &sentence);

    struct Group
    {
        QWidget *heading;
        QList<PreferenceRow *> rows;
    };

    Preferences &m_preferences;
    QLineEdit *m_search;
    QLabel *m_message;
    EmptyState *m_nothing;
    QList<Group> m_groups;
};

} // namespace Fanfare
