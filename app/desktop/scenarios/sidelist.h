// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/roundseries.h>

#include <QWidget>

#include <vector>

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QToolButton;
class QVBoxLayout;

namespace Fanfare {

/// Where a scenario is played to be compared: two sides and more, each an executor with a number of
/// workers. The first is the baseline.
///
/// Threads: [gui].
class SideList final : public QWidget
{
    Q_OBJECT

public:
    static constexpr qsizetype mostSides = 8; ///< more make a picture that nobody reads

    explicit SideList(QWidget *parent = nullptr); ///< threads and processes

    std::vector<RunConfiguration> sides() const;
    void setSides(const std::vector<RunConfiguration> &sides); ///< at least two

    /// Why these cannot be compared, in one sentence; empty when they can.
    QString problem() const;

Q_SIGNALS:
    void changed();

private:
    /// The widgets of one side.
    struct Row
    {
        QWidget *widget;
        QLabel *name;
        QComboBox *executor;
        QSpinBox *workers;
        QToolButton *remove;
    };

    void add(const RunConfiguration &side);
    void addNext();
    void remove(QWidget *widget);
    void refresh();
    static RunConfiguration sideOf(const Row &row);

    std::vector<Row> m_rows;
    QVBoxLayout *m_column;
    QPushButton *m_add;
};

} // namespace Fanfare
