// SPDX-License-Identifier: MIT
#include "laneview.h"

#include "desktop/appearance.h"
#include "durationtext.h"
#include "laneeventtext.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

namespace Fanfare {

using namespace Qt::StringLiterals;

LaneView::LaneView(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_subtitle(new QLabel(this))
    , m_note(new QLabel(this))
    , m_grid(new QGridLayout)
{
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.35);
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    for (QLabel *text : {m_title, m_subtitle, m_note}) {
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
    }
    setMuted(*m_subtitle);
    setMuted(*m_note);
    m_grid->setHorizontalSpacing(14);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(1, 1);
    m_grid->setColumnStretch(2, 1);
    m_head = addRow({});
    m_head.inView->setText(tr("In view"));
    m_head.whole->setText(tr("Whole run"));
    m_time = addRow(tr("Time"));
    m_busy = addRow(tr("Busy"));
    m_atOnce = addRow(tr("At once"));
    m_tasks = addRow(tr("Tasks"));
    m_failures = addRow(tr("Failed"));
    m_longest = addRow(tr("Longest task"));
    m_gaps = addRow(tr("Gaps"));
    m_longestGap = addRow(tr("Longest gap"));
    m_restarts = addRow(tr("Restarts"));
    m_busy.name->setToolTip(tr("Share of the time in which it ran something"));
    m_atOnce.name->setToolTip(tr("Tasks that were running, on average over the time"));
    m_gaps.name->setToolTip(tr("Times between two tasks in which it ran nothing"));
    auto column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 12);
    column->addWidget(m_title);
    column->addWidget(m_subtitle);
    column->addSpacing(6);
    column->addLayout(m_grid);
    column->addWidget(m_note);
    column->addStretch();
}

LaneView::Row LaneView::addRow(const QString &name)
{
    const Row row{new QLabel(name, this), new QLabel(this), new QLabel(this)};
    const auto line = int(m_rows.size());
    setMuted(*row.name);
    m_grid->addWidget(row.name, line, 0);
    for (QLabel *cell : {row.inView, row.whole}) {
        cell->setTextInteractionFlags(Qt::TextBrowserInteraction);
        cell->setFocusPolicy(Qt::NoFocus); // but for those with a link
        cell->setAccessibleName(name);
        m_grid->addWidget(cell, line, cell == row.inView ? 1 : 2);
        connect(cell, &QLabel::linkActivated, this, [this](const QString &link) {
            const QStringList parts = link.split(u'.');
            Q_EMIT taskChosen(
                {EmissionId{parts.value(0).toULongLong()}, parts.value(1).toUShort()});
        });
    }
    m_rows.append(row);
    return row;
}

void LaneView::setLane(const RunModel &run, quint32 lane, const LaneTimes &times)
{
    const LaneEntry &entry = run.lane(lane);
    m_title->setText(entry.name);
    m_subtitle->setText(laneStateText(run, lane));
    m_subtitle->setVisible(!m_subtitle->text().isEmpty());
    const Column inView{times.inView, summaryOf(run, lane, times.inView)};
    const Column whole{times.whole, summaryOf(run, lane, times.whole)};
    const bool hasProcess = entry.kind == LaneKind::Process;
    fill(&Row::inView, inView, hasProcess);
    fill(&Row::whole, whole, hasProcess);
    const bool isShared = entry.kind == LaneKind::Loop;
    for (QLabel *label : {m_atOnce.name, m_atOnce.inView, m_atOnce.whole})
        label->setVisible(isShared);
    for (QLabel *label : {m_restarts.name, m_restarts.inView, m_restarts.whole})
        label->setVisible(hasProcess);
    m_note->setVisible(inView.summary.isPartial || whole.summary.isPartial);
    m_note->setText(tr("Times are those of the newest %L1 tasks; zoom in for others.")
                        .arg(qulonglong(LaneSummary::mostSpans)));
}

void LaneView::setLink(QLabel &label, qint64 time, const std::optional<TaskId> &task) const
{
    const QString text = durationText(time);
    if (time == 0 || !task)
        label.setText(time == 0 ? u"–"_s : text);
    else
        label.setText(
            u"<a href=\"%1.%2\">%3</a>"_s.arg(number(task->emission)).arg(task->index).arg(text));
    label.setFocusPolicy(time != 0 && task ? Qt::StrongFocus : Qt::NoFocus);
}

static QString percent(double share)
{
    return u"%1 %"_s.arg(QLocale().toString(share * 100, 'f', share < 0.0995 ? 1 : 0));
}

void LaneView::fill(QLabel *Row::*cell, const Column &column, bool hasProcess)
{
    const LaneSummary &summary = column.summary;
    const QLocale locale;
    (m_time.*cell)->setText(durationText(std::max<qint64>(0, column.range.to - column.range.from)));
    (m_busy.*cell)->setText(percent(summary.busy));
    (m_atOnce.*cell)->setText(locale.toString(summary.atOnce, 'f', 1));
    (m_tasks.*cell)->setText(locale.toString(qulonglong(summary.tasks)));
    (m_failures.*cell)->setText(locale.toString(qulonglong(summary.failures)));
    setLink(*(m_longest.*cell), summary.longest, summary.longestTask);
    (m_gaps.*cell)->setText(locale.toString(qulonglong(summary.gaps)));
    setLink(*(m_longestGap.*cell), summary.longestGap, summary.taskBeforeGap);
    if (hasProcess)
        (m_restarts.*cell)->setText(locale.toString(qulonglong(summary.replacements)));
}

static QString shownText(const QLabel &label)
{
    QString text = label.text();
    if (const qsizetype end = text.indexOf(u'>'); text.startsWith(u'<') && end >= 0)
        text = text.mid(end + 1).section(u'<', 0, 0);
    return text;
}

QString LaneView::plainText() const
{
    QStringList lines{m_title->text(), m_subtitle->text()};
    lines.removeAll(QString());
    for (const Row &row : m_rows) {
        if (!row.name->isHidden())
            lines.append(u"%1\t%2\t%3"_s.arg(row.name->text(), shownText(*row.inView),
                                             shownText(*row.whole)));
    }
    if (!m_note->isHidden())
        lines.append(m_note->text());
    return lines.join(u'\n');
}

} // namespace Fanfare
