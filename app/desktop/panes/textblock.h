// SPDX-License-Identifier: MIT
#pragma once

#include <QPlainTextEdit>

namespace Fanfare {

/// Text to read, select and copy, as high as it needs to be up to a number of lines.
class TextBlock final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit TextBlock(int maximumLines, QWidget *parent = nullptr);

    void setText(const QString &text); ///< keeps the selection when nothing changed

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    int m_maximumLines;
};

} // namespace Fanfare
