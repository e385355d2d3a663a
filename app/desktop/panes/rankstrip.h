// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/handlerrank.h"

#include <QWidget>

class QLabel;

namespace Fanfare {

/// Where the running time of a task lies among those of its handler: a sentence and a histogram in
/// which its bar is marked. Hidden while there is nothing to compare with.
class RankStrip final : public QWidget
{
    Q_OBJECT

public:
    explicit RankStrip(QWidget *parent = nullptr);

    void setRank(const std::optional<HandlerRank> &rank);
    QString text() const { return m_sentence; } ///< empty while hidden

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    HandlerRank m_rank;
    QString m_sentence;
};

} // namespace Fanfare
