// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/verdict.h>

#include <QWidget>

namespace Fanfare {

/// The verdict in words: who does better and by how much, below it why, and what was not alike.
/// A bar at its left has the color of the winner.
class VerdictCard final : public QWidget
{
    Q_OBJECT

public:
    VerdictCard(const Verdict &verdict, const QStringList &notes, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Winner m_winner;
};

} // namespace Fanfare
