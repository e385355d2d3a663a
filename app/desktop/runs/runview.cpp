// SPDX-License-Identifier: MIT
#include "runview.h"

#include "desktop/panes/detailsource.h"
#include "desktop/panes/detailspane.h"
#include "desktop/panes/logpane.h"
#include "desktop/panes/markedtimes.h"
#include "desktop/panes/messagearea.h"
#include "desktop/runlink.h"
#include "desktop/timeline/timelinepane.h"
#include "desktop/timeline/timelinewidget.h"
#include "runedits.h"
#include "runfollower.h"
#include "runtext.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTimer>
#include <QVBoxLayout>

namespace Fanfare {

using namespace Qt::StringLiterals;

static const auto damageKey = u"damage"_s;
static const auto editsKey = u"edits"_s;
static const auto linkKey = u"link"_s;
static const auto pictureKey = u"picture"_s;

RunView::RunView(OpenedRun run, QWidget *parent)
    : QWidget(parent)
    , m_run(std::move(run))
    , m_messages(new MessageArea(this))
    , m_facts(new QLabel(this))
    , m_panes(new QSplitter(Qt::Vertical, this))
    , m_timeline(new TimelineWidget(*m_run.model, m_panes))
    , m_details(new DetailsPane(*m_run.model, m_panes))
{
    m_details->setIsOfFile();
    createLayout();
    showSelectionOf(*m_timeline, *m_details);
    if (!m_run.damage.isEmpty())
        m_messages->showMessage({damageKey, Accent::Caution, m_run.damage, {}, {}});
    m_timeline->setFollowing(false);
    m_timeline->setEnded(true);
    if (m_run.feed)
        followRun();
    connect(m_timeline, &TimelineWidget::told, this, [this](const QString &sentence) {
        m_messages->showMessage({pictureKey, Accent::Neutral, sentence, {}, {}});
    });
    connect(m_timeline, &TimelineWidget::linkWanted, this, &RunView::copyLink);
    connect(m_details, &DetailsPane::linkWanted, this, &RunView::copyLink);
    keepEdits();
    if (!m_run.feed) // The widget learns its width first.
        QTimer::singleShot(0, m_timeline, &TimelineWidget::fitAll);
}

RunView::~RunView()
{
    m_edits.reset();
    m_follower.reset();
    delete m_panes; // they read the model until then
}

void RunView::followRun()
{
    m_timeline->setEnded(false);
    m_timeline->setFollowing(true);
    m_follower = std::make_unique<RunFollower>(m_run.feed, *m_run.model);
    connect(m_run.model.get(), &RunModel::changed, this, &RunView::showFacts);
    connect(m_follower.get(), &RunFollower::ended, this, [this] {
        m_run.index = m_run.feed->reader().index();
        m_run.damage = m_run.feed->reader().damage();
        if (!m_run.damage.isEmpty())
            m_messages->showMessage({damageKey, Accent::Caution, m_run.damage, {}, {}});
        m_timeline->setEnded(true);
        showFacts();
    });
}

/// Nothing is laid beside a trace of somebody else.
void RunView::keepEdits()
{
    if (!m_run.path.endsWith(u".ffrun"_s))
        return;
    m_edits = std::make_unique<RunEdits>(m_run.path, *m_timeline);
    const auto tell = [this](const QString &sentence) {
        m_messages->showMessage({editsKey, Accent::Caution, sentence, {}, {}});
    };
    connect(m_edits.get(), &RunEdits::troubled, this, tell);
    if (const QString problem = m_edits->restore(); !problem.isEmpty())
        tell(problem);
}

static QString factsOf(const OpenedRun &run)
{
    const RunTotals &totals = run.model->totals();
    RunIndex known;
    known.outcomes = totals.outcomes;
    QStringList facts{RunText::where(run.info), RunText::when(run.info), RunText::outcomes(known)};
    if (run.index)
        facts.append(RunText::duration(run.index->wall()));
    else if (run.feed)
        facts.append(RunView::tr("goes on"));
    facts.removeAll(QString());
    return facts.join(u"  ·  "_s);
}

void RunView::showFacts()
{
    m_facts->setText(factsOf(m_run));
}

QWidget *RunView::createHeader()
{
    auto header = new QWidget(this);
    auto row = new QHBoxLayout(header);
    row->setContentsMargins(10, 6, 10, 6);
    row->setSpacing(12);
    auto title = new QLabel(RunText::title(m_run.info), header);
    QFont font = title->font();
    font.setWeight(QFont::DemiBold);
    title->setFont(font);
    title->setTextFormat(Qt::PlainText);
    m_facts->setTextFormat(Qt::PlainText);
    m_facts->setToolTip(m_run.path);
    setMuted(*m_facts);
    showFacts();
    auto fit = new QPushButton(symbolIcon(u"fit"_s), tr("Fit"), header);
    connect(fit, &QPushButton::clicked, m_timeline, &TimelineWidget::fitAll);
    row->addWidget(title);
    row->addWidget(m_facts, 1);
    row->addWidget(fit);
    return header;
}

void RunView::createLayout()
{
    auto log = new LogPane(*m_run.model, m_panes);
    auto top = new QSplitter(Qt::Horizontal, m_panes);
    top->addWidget(new TimelinePane(m_timeline, top));
    top->addWidget(m_details);
    top->setStretchFactor(0, 1);
    top->setSizes({900, 300});
    m_panes->addWidget(top);
    m_panes->addWidget(log);
    m_panes->setStretchFactor(0, 1);
    m_panes->setSizes({520, 140});
    auto column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_messages);
    column->addWidget(createHeader());
    column->addWidget(m_panes, 1);
    connect(m_details, &DetailsPane::taskChosen, this, [this](TaskId task) {
        showTask(task);
        m_timeline->reveal(task);
    });
    connect(m_timeline, &TimelineWidget::emissionHovered, log, &LogPane::hoverEmission);
    connect(m_timeline, &TimelineWidget::areaChanged, log,
            [this, log] { log->markTimes(markedTimes(*m_timeline)); });
    connect(log, &LogPane::taskChosen, this, [this](TaskId task) {
        showTask(task);
        m_timeline->reveal(task);
    });
}

void RunView::showTask(std::optional<TaskId> task)
{
    m_timeline->select(task);
    m_details->showTask(task);
}

void RunView::copyLink(TaskId task)
{
    const bool isKept = m_run.path.endsWith(u".ffrun"_s);
    if (isKept)
        QGuiApplication::clipboard()->setText(RunLink{m_run.info.id, task}.toString());
    m_messages->showMessage({linkKey,
                             Accent::Neutral,
                             isKept
                                 ? tr("The link to the task is on the clipboard.")
                                 : tr("There are links to tasks of kept runs only, and this is a "
                                      "trace."),
                             {},
                             {}});
}

bool RunView::revealTask(TaskId task)
{
    if (!m_run.model->find(task))
        return false;
    showTask(task);
    // A new view has no width yet, and shows the whole run first.
    QTimer::singleShot(0, m_timeline, [this, task] { m_timeline->reveal(task); });
    return true;
}

QString RunView::damageShown() const
{
    return m_messages->text(damageKey);
}

} // namespace Fanfare
