// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QSpinBox;

namespace Fanfare {

/// How often and how fast to emit: a number of times, for some seconds, or until it is stopped.
class AmountInput final : public QWidget
{
    Q_OBJECT

public:
    enum class Kind : quint8 { Times, Seconds, UntilStopped };

    explicit AmountInput(QWidget *parent = nullptr);

    Kind kind() const;
    quint64 count() const;                     ///< emissions; of UntilStopped 1
    double rate() const;                       ///< a second; 0: as fast as possible
    void setCount(quint64 count, double rate); ///< a number of times

    QString problem() const; ///< one sentence; empty when nothing is wrong

Q_SIGNALS:
    void changed();

private:
    void createInputs();
    void refresh();

    QComboBox *m_kind;
    QSpinBox *m_count;
    QSpinBox *m_seconds;
    QDoubleSpinBox *m_rate;
};

} // namespace Fanfare
