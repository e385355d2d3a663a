// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace Fanfare {

/// What stands in place of a list that is empty: what would be here, why it is not, and the one
/// thing to do next.
class EmptyState final : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(QWidget *parent = nullptr);

    /// \a actionText may be empty: then there is no button. \a linkText: what leads to more words.
    void setState(const QString &text, const QString &actionText, const QString &linkText = {});

    QString text() const;
    QString actionText() const;

Q_SIGNALS:
    void actionWanted();
    void linkWanted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_text;
    QPushButton *m_button;
    QLabel *m_link;
};

} // namespace Fanfare
