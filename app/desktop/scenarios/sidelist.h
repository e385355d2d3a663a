// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/roundseries.h>

#include <QWidget>

#include <vector>

class QComboBox;
class QLabel;
class QPushButton;
class QScrollArea;
class QSettings;
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
    static constexpr size_t mostSides = 64; ///< as many minutes of the user's time, at least

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
    void fitHeight(); ///< some rows are seen, more are scrolled to
    static RunConfiguration sideOf(const Row &row);

    std::vector<Row> m_rows;
    QScrollArea *m_scroll; ///< around the rows
    QVBoxLayout *m_column; ///< of the rows
    QPushButton *m_add;
};

/// The sides that were compared last; threads and processes before the first time, or when what is
/// saved makes no sense.
std::vector<RunConfiguration> savedSides(const QSettings &settings);
void saveSides(QSettings &settings, const std::vector<RunConfiguration> &sides);

} // namespace Fanfare
