// SPDX-License-Identifier: MIT
#pragma once

#include "valueinput.h"

class QCheckBox;
class QComboBox;
class QDateTimeEdit;

namespace Fanfare {

/// The input for "date-time", "date" and "time": a calendar, and for a date-time the zone it is in.
/// A field whose default is none has a check box that says whether there is one.
class MomentInput final : public ValueInput
{
    Q_OBJECT

public:
    MomentInput(const FieldFact &fact, QWidget *parent);

    /// Whether a calendar has a page for the default of \a fact: years 100 to 9999.
    static bool canEdit(const FieldFact &fact);

    Result<QCborValue> read(const QString &path) const override;
    void write(const QCborValue &value) override;

    bool isWide() const override { return m_zone; }

private:
    void createCheck();
    void createEdit();
    void createZones();
    void chooseZone(const QString &zone);
    QString text() const;

    QCheckBox *m_check = nullptr; ///< null: there is always one
    QDateTimeEdit *m_edit = nullptr;
    QComboBox *m_zone = nullptr; ///< of "date-time"; its data are texts as "local"
    QString m_writtenText;       ///< as written, for as long as nobody changes what is shown:
    QString m_shownText;         ///< one wall clock may be two moments when summer ends
};

} // namespace Fanfare
