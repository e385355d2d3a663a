// SPDX-License-Identifier: MIT
#pragma once

#include <QPlainTextEdit>

namespace Fanfare {

/// Where arguments are typed as JSON. Tab leaves it, so that the keyboard reaches what follows.
class JsonEdit final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit JsonEdit(QWidget *parent = nullptr);

Q_SIGNALS:
    /// Text of \a size characters was pasted or dropped that no emission can carry; it is left out,
    /// because an editor with one line of that length stands still.
    void tooLargeTextRefused(qsizetype size);

protected:
    void insertFromMimeData(const QMimeData *source) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
};

} // namespace Fanfare
