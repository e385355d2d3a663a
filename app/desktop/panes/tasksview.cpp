// SPDX-License-Identifier: MIT
#include "tasksview.h"

#include "desktop/appearance.h"
#include "durationtext.h"

#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

TasksView::TasksView(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_subtitle(new QLabel(this))
    , m_table(new QTreeWidget(this))
{
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.35);
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    m_subtitle->setWordWrap(true);
    setMuted(*m_subtitle);
    m_table->setAccessibleName(tr("The selected tasks side by side"));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setRootIsDecorated(false);
    m_table->setIndentation(0);
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->header()->setSectionsClickable(true);
    m_table->header()->setStretchLastSection(false);
    m_table->viewport()->setBackgroundRole(QPalette::Window);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setFocusPolicy(Qt::TabFocus);
    connect(m_table->header(), &QHeaderView::sectionClicked, this, [this](int section) {
        if (section > 0 && size_t(section) <= m_tasks.size())
            Q_EMIT taskChosen(m_tasks[size_t(section) - 1].task);
    });
    auto column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 0, 0);
    column->addWidget(m_title);
    column->addWidget(m_subtitle);
    column->addSpacing(4);
    column->addWidget(m_table, 1);
}

static QString nameOf(TaskId task)
{
    const QString emission = u'#' + QString::number(number(task.emission));
    return task.index == 0 ? emission : u"%1.%2"_s.arg(emission).arg(task.index);
}

void TasksView::setTasks(std::vector<TaskView> tasks)
{
    m_tasks = std::move(tasks);
    m_title->setText(tr("%L1 tasks").arg(qulonglong(m_tasks.size())));
    m_subtitle->setText(m_tasks.size() > maximumColumns
                            ? tr("The first %1 are shown. Click a number to see one alone.")
                                  .arg(qulonglong(maximumColumns))
                            : tr("Click a number to see one alone."));
    m_table->clear();
    fillHeader();
    const QList<TaskField> fields = fieldsOf(m_tasks);
    const auto gap =
        m_tasks.size() == 2 ? gapBetween(m_tasks[0], m_tasks[1]) : std::optional<TaskGap>();
    if (gap)
        addGap(*gap);
    for (const bool areCommon : {false, true}) {
        bool isFirst = true;
        for (const TaskField &field : fields) {
            if (field.isCommon() != areCommon)
                continue;
            if (std::exchange(isFirst, false))
                addGroup(areCommon ? tr("The same") : tr("Different"));
            addField(field);
        }
    }
    QHeaderView &header = *m_table->header();
    header.setSectionResizeMode(QHeaderView::Stretch);
    header.setSectionResizeMode(0, QHeaderView::ResizeToContents);
}

void TasksView::fillHeader()
{
    QStringList titles{QString()};
    for (size_t i = 0; i < std::min(m_tasks.size(), maximumColumns); ++i)
        titles.append(nameOf(m_tasks[i].task));
    m_table->setColumnCount(int(titles.size()));
    m_table->setHeaderLabels(titles);
}

void TasksView::addGroup(const QString &title)
{
    const int height = fontMetrics().height();
    auto item = new QTreeWidgetItem(m_table, {title});
    item->setSizeHint(0, QSize(0, m_table->topLevelItemCount() == 1 ? height + 6 : height + 16));
    item->setTextAlignment(0, Qt::AlignLeft | Qt::AlignBottom);
    QFont font = m_table->font();
    font.setWeight(QFont::DemiBold);
    item->setFont(0, font);
    item->setFirstColumnSpanned(true);
}

/// "+1.250 ms"
static QString signedText(qint64 nanoseconds)
{
    return (nanoseconds < 0 ? u"−"_s : u"+"_s) + millisecondsText(std::abs(nanoseconds));
}

void TasksView::addGap(const TaskGap &gap)
{
    addGroup(tr("From %1 to %2").arg(nameOf(m_tasks[0].task), nameOf(m_tasks[1].task)));
    const std::initializer_list<std::pair<QString, qint64>> rows{{tr("Start to start"), gap.start},
                                                                 {tr("End to end"), gap.end},
                                                                 {tr("Queued"), gap.queued},
                                                                 {tr("Running"), gap.ran}};
    for (const auto &[name, value] : rows)
        addRow(name)->setText(1, signedText(value));
}

/// Names are muted, as in the details of one task.
QTreeWidgetItem *TasksView::addRow(const QString &name)
{
    auto item = new QTreeWidgetItem(m_table, {name});
    item->setSizeHint(0, QSize(0, fontMetrics().height() + 5));
    item->setForeground(0, palette().placeholderText());
    return item;
}

void TasksView::addField(const TaskField &field)
{
    QTreeWidgetItem *const item = addRow(field.name);
    if (field.isCommon()) {
        item->setText(1, field.values[0].simplified());
        item->setToolTip(1, field.values[0]);
        return;
    }
    for (int i = 0; i < std::min(int(field.values.size()), m_table->columnCount() - 1); ++i) {
        const QString &value = field.values[i];
        item->setText(i + 1, value.isEmpty() ? u"–"_s : value.simplified());
        item->setToolTip(i + 1, value);
    }
}

QString TasksView::plainText() const
{
    QStringList lines{m_title->text(), m_table->headerItem()->text(1)};
    for (int i = 2; i < m_table->columnCount(); ++i)
        lines.last() += u'\t' + m_table->headerItem()->text(i);
    for (int row = 0; row < m_table->topLevelItemCount(); ++row) {
        QStringList cells;
        for (int i = 0; i < m_table->columnCount(); ++i)
            cells.append(m_table->topLevelItem(row)->text(i));
        while (!cells.isEmpty() && cells.constLast().isEmpty())
            cells.removeLast();
        lines.append(cells.join(u'\t'));
    }
    return lines.join(u'\n');
}

} // namespace Fanfare
