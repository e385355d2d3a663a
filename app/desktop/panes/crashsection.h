// SPDX-License-Identifier: MIT
#pragma once

#include <QCborMap>
#include <QWidget>

namespace Fanfare {

class TextBlock;

/// How the worker of a task died, in words, with a button that puts the whole report on the
/// clipboard as JSON. Hidden while there is no report.
class CrashSection final : public QWidget
{
    Q_OBJECT

public:
    explicit CrashSection(QWidget *parent = nullptr);

    void setReport(const QCborMap &report);
    QString text() const; ///< the words; empty without a report
    void copy() const;

private:
    TextBlock *m_block;
    QCborMap m_report;
};

} // namespace Fanfare
