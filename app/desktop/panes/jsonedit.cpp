// SPDX-License-Identifier: MIT
#include "jsonedit.h"

#include "argumentsjson.h"

#include <QFontDatabase>
#include <QMimeData>

namespace Fanfare {

JsonEdit::JsonEdit(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
}

void JsonEdit::insertFromMimeData(const QMimeData *source)
{
    const qsizetype size = source->text().size();
    if (size + document()->characterCount() > maximumPayload)
        Q_EMIT tooLargeTextRefused(size);
    else
        QPlainTextEdit::insertFromMimeData(source);
}

QSize JsonEdit::sizeHint() const
{
    return {200, fontMetrics().lineSpacing() * 5 + 12};
}

QSize JsonEdit::minimumSizeHint() const
{
    return {80, fontMetrics().lineSpacing() * 3 + 12};
}

} // namespace Fanfare
