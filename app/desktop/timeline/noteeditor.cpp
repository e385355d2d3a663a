// SPDX-License-Identifier: MIT
#include "desktop/timeline/noteeditor.h"

#include <QKeyEvent>

#include <algorithm>

namespace Fanfare {

NoteEditor::NoteEditor(const QString &name, QWidget *parent)
    : QLineEdit(parent)
{
    setPlaceholderText(name);
    setAccessibleName(name);
    setMaxLength(1'000);
    hide();
}

void NoteEditor::ask(QPoint place, const QString &text)
{
    constexpr int width = 240;
    const int right = std::max(0, parentWidget()->width() - width - 4);
    setGeometry(std::clamp(place.x(), 0, right), place.y(), width, sizeHint().height());
    m_former = text;
    setText(text);
    selectAll();
    show();
    raise();
    setFocus();
}

void NoteEditor::finish(const QString &text)
{
    if (isHidden())
        return;
    const bool wasHere = hasFocus(); // else the user has gone elsewhere
    hide();
    if (wasHere)
        parentWidget()->setFocus();
    Q_EMIT written(text);
}

void NoteEditor::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        finish(m_former);
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        finish(text());
    else
        QLineEdit::keyPressEvent(event);
}

void NoteEditor::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason) // its own menu
        finish(text());
}

} // namespace Fanfare
