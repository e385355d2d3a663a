// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/verdict.h>

#include <QWidget>

#include <vector>

class QLabel;

namespace Fanfare {

/// The verdict in words: who does better and by how much, below it why, and what was not alike.
/// A bar at its left has the color of the winner.
class VerdictCard final : public QWidget
{
    Q_OBJECT

public:
    explicit VerdictCard(QWidget *parent = nullptr);

    /// \a notes are what was not alike; \a goesOn says that all of it may change.
    void setVerdict(const Verdict &verdict, const QStringList &notes, bool goesOn);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *sentenceAt(size_t position);

    Winner m_winner = Winner::Neither;
    std::vector<QLabel *> m_sentences; ///< from top to bottom; those that are not needed are hidden
};

} // namespace Fanfare
