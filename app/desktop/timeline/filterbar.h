// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace Fanfare {

class TimelineWidget;

/// The line in which the user filters the timeline: text, how many tasks fit, steps from one to the
/// next, whether the others are dimmed or hidden. Hidden itself until it is wanted.
///
/// Threads: [gui].
class FilterBar final : public QWidget
{
    Q_OBJECT

public:
    explicit FilterBar(TimelineWidget &timeline, QWidget *parent = nullptr);

    void open(); ///< shows it, with the focus in its text

protected:
    bool eventFilter(QObject *watched, QEvent *event) override; ///< the keys of the text
    void changeEvent(QEvent *event) override;

private:
    void createButtons();
    void createLayout();
    QToolButton *button(const QString &text, const QString &tip);
    void leave(); ///< Esc: first back to the timeline, then without a filter
    void refresh();

    TimelineWidget &m_timeline;
    QLineEdit *m_text;
    QLabel *m_summary;
    QToolButton *m_previous;
    QToolButton *m_next;
    QToolButton *m_hide; ///< checkable
    QToolButton *m_close;
};

} // namespace Fanfare
