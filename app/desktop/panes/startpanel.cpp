// SPDX-License-Identifier: MIT
#include "startpanel.h"

#include "desktop/appearance.h"

#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace Fanfare {

using namespace Qt::StringLiterals;

StartPanel::StartPanel(const QString &pluginFolder, QWidget *parent)
    : QWidget(parent)
    , m_pluginFolder(pluginFolder)
    , m_session(new QPushButton(symbolIcon(u"restart"_s), tr("Reopen last session"), this))
    , m_recent(new QLabel(this))
    , m_runs(new QLabel(this))
{
    createLayout();
}

static QString withTilde(const QString &path)
{
    const QString home = QDir::homePath();
    return path.startsWith(home + u'/') ? u'~' + path.mid(home.size()) : path;
}

static QLabel *centeredLabel(const QString &text, QWidget *parent)
{
    auto label = new QLabel(text, parent);
    label->setAlignment(Qt::AlignHCenter);
    label->setWordWrap(true);
    return label;
}

void StartPanel::createLayout()
{
    auto layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addStretch(2);
    addTitle(*layout);
    layout->addSpacing(14);
    addButtons(*layout);
    layout->addSpacing(18);
    addHints(*layout);
    layout->addStretch(3);
}

void StartPanel::addTitle(QVBoxLayout &layout)
{
    auto picture = new QLabel(this);
    picture->setAlignment(Qt::AlignHCenter);
    picture->setPixmap(QIcon(u":/icons/fanfare.svg"_s).pixmap(96, 96));
    layout.addWidget(picture);
    auto title = centeredLabel(tr("Nothing is playing yet"), this);
    QFont font = title->font();
    font.setPointSizeF(font.pointSizeF() * 1.8);
    font.setWeight(QFont::DemiBold);
    title->setFont(font);
    layout.addWidget(title);
    auto text = centeredLabel(tr("Emit an event, and every handler that reacts appears here:\n"
                                 "queued, running, finished, on the worker it ran on."),
                              this);
    setMuted(*text);
    layout.addWidget(text);
}

void StartPanel::addButtons(QVBoxLayout &layout)
{
    auto demo = new QPushButton(symbolIcon(u"play"_s), tr("Play the demo"), this);
    auto emitting = new QPushButton(symbolIcon(u"emit"_s), tr("Emit…"), this);
    auto scenario = new QPushButton(symbolIcon(u"folder"_s), tr("Play a scenario…"), this);
    auto row = new QHBoxLayout;
    row->setSpacing(10);
    row->addStretch();
    for (QPushButton *button : {demo, emitting, scenario, m_session}) {
        button->setMinimumSize(150, 38);
        row->addWidget(button);
    }
    row->addStretch();
    layout.addLayout(row);
    demo->setToolTip(tr("A few seconds of sleeping, computing, hashing and one failure"));
    emitting->setToolTip(tr("Choose an event in the emit pane"));
    scenario->setToolTip(tr("Make all emissions that a scenario file lists"));
    m_session->setToolTip(tr("Show the runs that were open when the window was closed"));
    m_session->hide();
    connect(m_session, &QPushButton::clicked, this, &StartPanel::sessionWanted);
    connect(scenario, &QPushButton::clicked, this, &StartPanel::scenarioWanted);
    connect(demo, &QPushButton::clicked, this, &StartPanel::demoWanted);
    connect(emitting, &QPushButton::clicked, this, &StartPanel::emitWanted);
}

static constexpr qsizetype mostLinks = 3; ///< of a kind

static QString linkTo(const QString &path, const QString &title)
{
    return u"<a href=\"%1\">%2</a>"_s.arg(path.toHtmlEscaped(), title.toHtmlEscaped());
}

void StartPanel::offerSession(bool isThere)
{
    m_session->setVisible(isThere);
}

void StartPanel::setRecent(const QStringList &paths)
{
    QStringList links;
    for (const QString &path : paths.mid(0, mostLinks))
        links.append(linkTo(path, QFileInfo(path).fileName()));
    m_recent->setText(tr("Scenarios: %1").arg(links.join(u" · "_s)));
    m_recent->setVisible(!links.isEmpty());
}

void StartPanel::setRuns(const QList<Run> &runs)
{
    QStringList links;
    for (const Run &run : runs.mid(0, mostLinks))
        links.append(linkTo(run.path, run.title));
    // A line each: their names have dates, which must not be torn apart.
    m_runs->setText(tr("Runs:<br>%1").arg(links.join(u"<br>"_s)));
    m_runs->setVisible(!links.isEmpty());
}

void StartPanel::addLinks(QVBoxLayout &layout, QLabel &label,
                          void (StartPanel::*wanted)(const QString &))
{
    label.setAlignment(Qt::AlignHCenter);
    label.setWordWrap(true);
    label.setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    label.hide(); // until there is something
    setMuted(label);
    connect(&label, &QLabel::linkActivated, this, wanted);
    layout.addWidget(&label);
}

void StartPanel::addHints(QVBoxLayout &layout)
{
    m_runs->setAccessibleName(tr("Newest runs"));
    m_recent->setAccessibleName(tr("Scenarios that were played last"));
    addLinks(layout, *m_runs, &StartPanel::runWanted);
    addLinks(layout, *m_recent, &StartPanel::recentWanted);
    auto drop = centeredLabel(tr("Or drop files and folders anywhere on this window."), this);
    setMuted(*drop);
    layout.addWidget(drop);
    const QString link = u"<a href=\"folder\">%1</a>"_s;
    auto folder = centeredLabel(
        tr("Plugin folder: %1").arg(link.arg(withTilde(m_pluginFolder).toHtmlEscaped())), this);
    setMuted(*folder);
    folder->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    connect(folder, &QLabel::linkActivated, this, &StartPanel::folderWanted);
    layout.addWidget(folder);
}

void StartPanel::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), palette().color(QPalette::Base));
}

} // namespace Fanfare
