// SPDX-License-Identifier: MIT
#pragma once

#include <QLineEdit>

namespace Fanfare {

/// A line on top of its parent in which a note is written. Enter and a click elsewhere keep it, Esc
/// drops it.
///
/// Threads: [gui].
class NoteEditor final : public QLineEdit
{
    Q_OBJECT

public:
    explicit NoteEditor(QWidget *parent);

    void ask(QPoint place); ///< its left upper corner, in the parent; is kept inside

Q_SIGNALS:
    void written(const QString &text);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void finish(const QString &text);
};

} // namespace Fanfare
