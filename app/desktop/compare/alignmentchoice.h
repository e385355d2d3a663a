// SPDX-License-Identifier: MIT
#pragma once

#include "timelinelink.h"

#include <QStringList>
#include <QWidget>

class QComboBox;
class QSpinBox;

namespace Fanfare {

/// Where the user wants two runs to meet: a list, and beside it the number of an emission where
/// that is asked for.
///
/// Threads: [gui].
class AlignmentChoice final : public QWidget
{
    Q_OBJECT

public:
    explicit AlignmentChoice(QWidget *parent = nullptr);

    RunAlignment alignment() const;
    void setAlignment(const RunAlignment &alignment); ///< one that is offered

    void setEmissions(size_t count);         ///< that both runs have
    void setNotes(const QStringList &notes); ///< that both runs have, each once

Q_SIGNALS:
    void changed(); ///< alignment() is another one

private:
    void showNumber();

    QComboBox *m_kind;
    QSpinBox *m_emission;
    QStringList m_notes; ///< the last ones of the list
};

} // namespace Fanfare
