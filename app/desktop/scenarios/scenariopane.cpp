// SPDX-License-Identifier: MIT
#include "scenariopane.h"

#include "desktop/appearance.h"
#include "desktop/session.h"
#include "scenariofiles.h"
#include "scenarioplan.h"
#include "scenariotext.h"
#include "sidelist.h"

#include <fanfare/runs/playspeed.h>

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFontDatabase>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSaveFile>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

static const auto emptyScenario = u"{\n    \"scenario\": 1,\n    \"name\": \"mine\",\n"
                                  "    \"emissions\": [\n        {\"event\": \"StringEvent\"}\n"
                                  "    ]\n}\n"_s;

ScenarioPane::ScenarioPane(Session &session, QString runFolder, QString folder, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_runFolder(std::move(runFolder))
    , m_folder(std::move(folder))
    , m_player(new ScenarioComparer)
    , m_recorder(session)
    , m_here(session)
    , m_files(new QComboBox(this))
    , m_text(new QPlainTextEdit(this))
    , m_problem(new QLabel(this))
    , m_concurrency(new QSpinBox(this))
    , m_repeat(new QSpinBox(this))
    , m_record(new QPushButton(this))
    , m_save(new QPushButton(tr("Save…"), this))
    , m_play(new QPushButton(symbolIcon(u"play"_s), tr("Play here"), this))
    , m_speed(new QComboBox(this))
    , m_sides(new SideList(this))
    , m_compare(new QPushButton(symbolIcon(u"compare"_s), {}, this))
    , m_bar(new QProgressBar(this))
{
    createLayout();
    connectPlayer();
    connect(m_files, &QComboBox::activated, this, &ScenarioPane::choose);
    connect(m_text, &QPlainTextEdit::textChanged, this, &ScenarioPane::refresh);
    connect(m_record, &QPushButton::clicked, this, &ScenarioPane::toggleRecording);
    connect(m_save, &QPushButton::clicked, this, &ScenarioPane::chooseSavePath);
    connect(m_play, &QPushButton::clicked, this, &ScenarioPane::playHere);
    connect(&m_recorder, &ScenarioRecorder::recorded, this, &ScenarioPane::showRecorded);
    listFiles();
    choose();
}

ScenarioPane::~ScenarioPane()
{
    m_thread.quit();
    m_thread.wait();
}

void ScenarioPane::createLayout()
{
    m_files->setAccessibleName(tr("Scenario"));
    m_text->setAccessibleName(tr("Scenario as JSON"));
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setTabChangesFocus(true);
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_record->setToolTip(tr("Write down what is emitted in this window, as a scenario"));
    auto top = new QHBoxLayout;
    top->addWidget(m_files, 1);
    top->addWidget(m_record);
    top->addWidget(m_save);
    auto column = new QVBoxLayout(this);
    column->setContentsMargins(8, 6, 8, 8);
    column->setSpacing(6);
    column->addLayout(top);
    column->addWidget(m_text, 1);
    column->addWidget(m_problem);
    createPlayRow(*column);
    createProgressRow(*column);
}

void ScenarioPane::createPlayRow(QVBoxLayout &column)
{
    m_play->setToolTip(tr("Emit all of it in this window, where the emit pane says"));
    m_compare->setToolTip(tr("Play it on all sides in turn, each round in an engine of its own, "
                             "and say who does better and why"));
    m_repeat->setRange(1, 50);
    m_repeat->setValue(2);
    m_repeat->setSuffix(tr(" rounds each"));
    m_repeat->setAccessibleName(tr("Rounds"));
    m_repeat->setToolTip(tr("With two rounds and more, chance is told from difference"));
    auto row = new QHBoxLayout;
    row->addWidget(m_play);
    row->addWidget(createSpeed());
    row->addStretch();
    column.addLayout(createNumbers());
    column.addLayout(row);
    column.addWidget(m_sides);
    auto last = new QHBoxLayout;
    last->addWidget(m_compare, 1);
    last->addWidget(m_repeat);
    column.addLayout(last);
    connect(m_sides, &SideList::changed, this, &ScenarioPane::refresh);
}

/// What is changed without knowing its key.
QLayout *ScenarioPane::createNumbers()
{
    m_concurrency->setObjectName(u"concurrency"_s);
    m_concurrency->setRange(0, 100'000);
    m_concurrency->setSpecialValueText(tr("no bound"));
    m_concurrency->setAccessibleName(tr("Emissions open at once"));
    m_concurrency->setToolTip(tr("A closed loop: an emission waits until fewer than so many are "
                                 "open. Without a bound none waits for another."));
    connect(m_concurrency, &QSpinBox::valueChanged, this, &ScenarioPane::setConcurrency);
    auto label = new QLabel(tr("Emissions &open at once:"), this);
    label->setBuddy(m_concurrency);
    auto row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_concurrency);
    row->addStretch();
    return row;
}

void ScenarioPane::setConcurrency(int emissions)
{
    m_text->selectAll(); // and not setPlainText(), which forgets what can be undone
    m_text->insertPlainText(withNumber(text(), u"concurrency"_s, quint32(emissions)));
}

/// The order of emissions is always the same; pauses and rates follow the speed.
QWidget *ScenarioPane::createSpeed()
{
    for (const double speed : {0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0})
        m_speed->addItem(tr("%L1 ×").arg(speed), speed);
    m_speed->addItem(tr("As fast as possible"), asFastAsPossible);
    m_speed->setCurrentIndex(m_speed->findData(1.0));
    m_speed->setObjectName(u"speed"_s);
    m_speed->setAccessibleName(tr("Speed of playing here"));
    m_speed->setToolTip(tr("How fast pauses and rates of the scenario pass when it is played here; "
                           "the order stays the same"));
    m_speed->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_speed->setMinimumContentsLength(5);
    return m_speed;
}

void ScenarioPane::createProgressRow(QVBoxLayout &column)
{
    m_bar->setRange(0, 1000);
    m_bar->setAccessibleName(tr("Progress of the comparison"));
    m_bar->hide();
    column.addWidget(m_bar);
    connect(m_compare, &QPushButton::clicked, this, &ScenarioPane::startOrCancel);
}

void ScenarioPane::connectPlayer()
{
    m_player->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_player, &QObject::deleteLater);
    m_thread.setObjectName(u"scenario player"_s);
    m_thread.start();
    connect(m_player, &ScenarioComparer::progressed, this,
            [this](double share, const QString &sentence) {
                m_bar->setValue(int(share * 1000));
                m_bar->setFormat(sentence);
            });
    connect(m_player, &ScenarioComparer::finished, this, [this](const QList<QStringList> &sides) {
        if (!m_isPlaying)
            return;
        endPlay();
        Q_EMIT compareWanted(sides);
    });
    connect(m_player, &ScenarioComparer::refused, this, [this](const QString &sentence) {
        if (!m_isPlaying)
            return;
        endPlay();
        Q_EMIT told(sentence);
    });
}

void ScenarioPane::startOrCancel()
{
    if (!m_isPlaying)
        return compare();
    QMetaObject::invokeMethod(m_player, &ScenarioComparer::cancel);
    endPlay();
}

void ScenarioPane::endPlay()
{
    m_isPlaying = false;
    refresh();
    Q_EMIT runsChanged();
}

void ScenarioPane::listFiles(const QString &chosen)
{
    m_files->clear();
    for (const ScenarioFile &file : scenarioFiles(m_folder)) {
        m_files->addItem(file.isOurs ? file.name : tr("%1 (yours)").arg(file.name), file.path);
        m_files->setItemData(m_files->count() - 1, file.path, Qt::ToolTipRole);
    }
    m_files->addItem(tr("New scenario"));
    m_files->setCurrentIndex(std::max(0, m_files->findData(chosen)));
}

void ScenarioPane::choose()
{
    QFile file(m_files->currentData().toString());
    const bool isNew = file.fileName().isEmpty();
    if (!isNew && !file.open(QIODevice::ReadOnly)) {
        Q_EMIT told(tr("%1 cannot be read: %2.").arg(file.fileName(), file.errorString()));
        return;
    }
    setText(isNew ? emptyScenario : QString::fromUtf8(file.readAll()));
}

void ScenarioPane::setText(const QString &json)
{
    m_original = json;
    m_text->setPlainText(json);
    refresh();
}

QString ScenarioPane::text() const
{
    return m_text->toPlainText();
}

Result<Scenario> ScenarioPane::scenario() const
{
    const QString path = m_files->currentData().toString();
    Result<Scenario> read =
        parseScenario(text().toUtf8(), path.isEmpty() ? m_folder : QFileInfo(path).path());
    if (read)
        read->file = QFileInfo(path).fileName();
    return read;
}

QString ScenarioPane::problem() const
{
    const Result<Scenario> read = scenario();
    return read ? QString() : read.error().message;
}

bool ScenarioPane::isChanged() const
{
    return text() != m_original;
}

/// What is wrong in red, else how much there is.
void ScenarioPane::refresh()
{
    const Result<Scenario> read = scenario();
    QPalette colors = palette();
    if (!read)
        colors.setColor(QPalette::WindowText, accentColor(Accent::Bad, palette()));
    m_problem->setPalette(colors);
    m_problem->setText(!read             ? read.error().message
                           : isChanged() ? tr("%1, not saved").arg(emissionsText(*read))
                                         : emissionsText(*read));
    const QSignalBlocker blocker(m_concurrency);
    m_concurrency->setEnabled(bool(read));
    if (read)
        m_concurrency->setValue(int(read->concurrency));
    m_play->setEnabled(bool(read));
    m_save->setEnabled(bool(read));
    m_compare->setEnabled(m_isPlaying || (read && !m_runFolder.isEmpty()));
    m_compare->setText(m_isPlaying ? tr("Cancel")
                                   : tr("Compare %L1 sides").arg(m_sides->sides().size()));
    m_sides->setEnabled(!m_isPlaying);
    m_bar->setVisible(m_isPlaying);
    m_record->setText(m_recorder.isRecording() ? tr("Stop recording") : tr("Record"));
}

/// Why the sides that are chosen cannot be played; empty when they can.
QString ScenarioPane::sideProblem() const
{
    const std::vector<RunConfiguration> sides = m_sides->sides();
    const bool needsBroker =
        std::ranges::find(sides, ExecutorKind::Cluster, &RunConfiguration::executor) != sides.end();
    if (needsBroker && m_session.options().broker.url.isEmpty())
        return tr("A side runs on a cluster, and it is not known where its message broker is; say "
                  "so with Run > Message Broker, or choose threads or processes for that side.");
    return m_sides->problem();
}

void ScenarioPane::compare()
{
    const Result<Scenario> read = scenario();
    const QString problem = read ? sideProblem() : read.error().message;
    if (!problem.isEmpty())
        Q_EMIT told(problem);
    if (!problem.isEmpty() || m_isPlaying)
        return;
    m_isPlaying = true;
    m_bar->setValue(0);
    const ScenarioComparer::Plan plan{.sides = m_sides->sides(),
                                      .repeat = m_repeat->value(),
                                      .engine = m_session.options(),
                                      .folder = m_runFolder};
    QMetaObject::invokeMethod(
        m_player, [player = m_player, scenario = *read, plan] { player->compare(scenario, plan); });
    refresh();
}

void ScenarioPane::playHere()
{
    const Result<Scenario> read = scenario();
    Result<std::vector<ScenarioStep>> steps =
        read ? stepsOf(*read) : Result<std::vector<ScenarioStep>>(read.error());
    if (steps)
        steps = atSpeed(*std::move(steps), m_speed->currentData().toDouble());
    const Result<ScenarioPlan> plan =
        steps ? planOf(*steps, m_session.model().catalog()) : Result<ScenarioPlan>(steps.error());
    if (!plan) {
        Q_EMIT told(plan.error().message);
        return;
    }
    QList<TimedCommand> commands;
    for (size_t i = 0; i < plan->commands.size(); ++i)
        commands.append({plan->commands[i], (*steps)[i].pause});
    Q_EMIT playedHere(m_speed->currentData().toDouble());
    m_here.playCommands(commands);
}

void ScenarioPane::toggleRecording()
{
    if (m_recorder.isRecording()) {
        m_recorder.stop();
        refresh();
        return;
    }
    m_files->setCurrentIndex(m_files->count() - 1);
    m_recorder.start();
    refresh();
}

void ScenarioPane::showRecorded(int count)
{
    if (count == 0) {
        m_original.clear();
        m_text->setPlainText({});
        m_problem->setText(tr("Emit something: it appears here."));
        return;
    }
    m_text->setPlainText(QString::fromUtf8(m_recorder.json(tr("recorded"))));
}

void ScenarioPane::chooseSavePath()
{
    QDir().mkpath(m_folder);
    const Result<Scenario> read = scenario();
    const QString name = read && !read->name.isEmpty() ? read->name : tr("scenario");
    auto dialog = new QFileDialog(this, tr("Save scenario"), m_folder, tr("Scenarios (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"json"_s);
    dialog->selectFile(QString(name).replace(u' ', u'-').replace(u'/', u'-') + u".json"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        if (const Result<void> saved = saveAs(path); !saved)
            Q_EMIT told(saved.error().message);
    });
    dialog->open();
}

Result<void> ScenarioPane::saveAs(const QString &path)
{
    const QByteArray json = text().toUtf8();
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size() || !file.commit()) {
        return Error{ErrorCode::Unreadable,
                     tr("The scenario cannot be saved as %1: %2. Choose another place.")
                         .arg(path, file.errorString())};
    }
    m_original = text();
    listFiles(path);
    refresh();
    return {};
}

} // namespace Fanfare
