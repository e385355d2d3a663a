// SPDX-License-Identifier: MIT
#include "textblock.h"

#include <QAbstractTextDocumentLayout>
#include <QFontDatabase>
#include <QScrollBar>
#include <QWheelEvent>

namespace Fanfare {

TextBlock::TextBlock(int maximumLines, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_maximumLines(maximumLines)
{
    setReadOnly(true);
    setTabChangesFocus(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void TextBlock::setText(const QString &text)
{
    if (text == toPlainText())
        return;
    setPlainText(text);
    updateGeometry();
}

QSize TextBlock::sizeHint() const
{
    // QPlainTextEdit's document measures its height in lines.
    const int lines = qBound(1, int(document()->size().height()), m_maximumLines);
    const int frame = 2 * (frameWidth() + int(document()->documentMargin()));
    return {120, lines * fontMetrics().lineSpacing() + frame + 2};
}

void TextBlock::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    updateGeometry();
}

/// A block that shows all its text lets the pane around it scroll.
void TextBlock::wheelEvent(QWheelEvent *event)
{
    if (verticalScrollBar()->maximum() == 0)
        event->ignore();
    else
        QPlainTextEdit::wheelEvent(event);
}

} // namespace Fanfare
