// SPDX-License-Identifier: MIT
#pragma once

#include <QElapsedTimer>
#include <QWidget>

class QProgressBar;

namespace Fanfare {

/// How far something is that goes on in a pane, and a way out. Hidden for the first 300 ms: what is
/// over by then needs no words.
///
/// Threads: [gui].
class SaveBar final : public QWidget
{
    Q_OBJECT

public:
    explicit SaveBar(const QString &title, QWidget *parent = nullptr);

    void begin();
    void setProgress(double share); ///< 0 to 1
    void end();

Q_SIGNALS:
    void canceled();

private:
    QProgressBar *m_progress;
    QElapsedTimer m_since;
};

} // namespace Fanfare
