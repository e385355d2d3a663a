// SPDX-License-Identifier: MIT
#include "phasebar.h"

#include "desktop/appearance.h"
#include "desktop/timeline/timelinetheme.h"

#include <QPainter>

#include <array>

namespace Fanfare {

struct Phase
{
    qint64 length = 0;
    QBrush brush;
};

PhaseBar::PhaseBar(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Phases"));
}

void PhaseBar::setTask(const TaskView &task)
{
    m_task = task;
    update();
}

QSize PhaseBar::sizeHint() const
{
    return {120, 18};
}

static std::array<Phase, 4> phasesOf(const TaskView &task, const QPalette &palette)
{
    const QColor waiting =
        blended(palette.color(QPalette::Base), palette.color(QPalette::Text), 0.45);
    const QColor running(TimelineTheme::of(palette).handlerColor(task.handler));
    return {Phase{task.waited, QBrush(waiting, Qt::BDiagPattern)},
            Phase{task.sent, QBrush(waiting, Qt::Dense6Pattern)}, Phase{task.ran, QBrush(running)},
            Phase{task.replied, QBrush(waiting, Qt::Dense6Pattern)}};
}

void PhaseBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(
        rect(), blended(palette().color(QPalette::Base), palette().color(QPalette::Text), 0.08));
    const auto phases = phasesOf(m_task, palette());
    double total = 0;
    for (const Phase &phase : phases)
        total += double(phase.length);
    if (total <= 0)
        return;
    double left = 0;
    for (const Phase &phase : phases) {
        const double width = this->width() * double(phase.length) / total;
        painter.fillRect(QRectF(left, 0, width, height()), phase.brush);
        left += width;
    }
}

} // namespace Fanfare
