// SPDX-License-Identifier: MIT
#pragma once

#include <QCborMap>
#include <QWidget>

namespace Fanfare {

class TextBlock;

/// How the worker of a task died, as JSON, with a button that puts it on the clipboard. Hidden
/// while there is no report.
class CrashSection final : public QWidget
{
    Q_OBJECT

public:
    explicit CrashSection(QWidget *parent = nullptr);

    void setReport(const QCborMap &report);
    QString text() const; ///< JSON; empty without a report
    void copy() const;

private:
    TextBlock *m_block;
};

} // namespace Fanfare
