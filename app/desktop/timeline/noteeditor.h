// SPDX-License-Identifier: MIT
#pragma once

#include <QLineEdit>

namespace Fanfare {

/// A line on top of its parent in which a note is written, or the filter of a lane. Enter and a
/// click elsewhere keep it, Esc drops it.
///
/// Threads: [gui].
class NoteEditor final : public QLineEdit
{
    Q_OBJECT

public:
    /// \a name says what the line is for, to those who cannot see it, too.
    NoteEditor(const QString &name, QWidget *parent);

    /// \a place is its left upper corner, in the parent; is kept inside. Esc leaves \a text.
    void ask(QPoint place, const QString &text = {});

Q_SIGNALS:
    void written(const QString &text);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void finish(const QString &text);

    QString m_former;
};

} // namespace Fanfare
