// SPDX-License-Identifier: MIT
#pragma once

#include <QCborValue>
#include <QWidget>

class QLabel;

namespace Fanfare {

class TextBlock;
class ValueTree;

/// What a task was given or left: a heading with its size, and below it a text, or a tree when it
/// is nested. Hidden while there is nothing.
///
/// Threads: [gui].
class ValueSection final : public QWidget
{
    Q_OBJECT

public:
    ValueSection(const QString &title, int maximumLines, QWidget *parent = nullptr);

    void setValue(const QCborValue &value); ///< hidden when it is undefined
    void setText(const QString &text);      ///< words in place of a value; hidden when empty

    QString heading() const;
    QString text() const; ///< all of it, for copying

private:
    QString m_title;
    QLabel *m_heading;
    TextBlock *m_block;
    ValueTree *m_tree;
    QCborValue m_value;
};

} // namespace Fanfare
