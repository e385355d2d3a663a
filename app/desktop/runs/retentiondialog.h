// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/library/retention.h>

#include <QDialog>

class QSettings;
class QSpinBox;

namespace Fanfare {

/// How many runs are kept, how big they may be together and how old.
class RetentionDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit RetentionDialog(const Retention &retention, QWidget *parent = nullptr);

    Retention retention() const; ///< as it is entered now

private:
    QSpinBox *m_count;
    QSpinBox *m_perSeries;
    QSpinBox *m_gibibytes;
    QSpinBox *m_days;
};

Retention savedRetention(const QSettings &settings);
void saveRetention(QSettings &settings, const Retention &retention);

} // namespace Fanfare
