// SPDX-License-Identifier: MIT
#pragma once

#include "distributionchart.h"

#include <QWidget>

class QCheckBox;
class QComboBox;

namespace Fanfare {

/// How the user wants to look at the times of a handler.
///
/// Threads: [gui].
class DistributionBar final : public QWidget
{
    Q_OBJECT

public:
    explicit DistributionBar(QWidget *parent = nullptr);

    DistributionView view() const;

Q_SIGNALS:
    void changed(); ///< view() is another one

private:
    void refresh();

    QComboBox *m_times;
    QComboBox *m_form;
    QCheckBox *m_fromZero;
    QCheckBox *m_asShares;
};

} // namespace Fanfare
