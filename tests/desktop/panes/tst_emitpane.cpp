// SPDX-License-Identifier: MIT
#include "desktop/panes/emitpane.h"
#include "desktop/samplefacts.h"

#include "desktop/panes/argumentseditor.h"
#include "desktop/panes/fieldeditor.h"
#include "desktop/panes/jsonedit.h"

#include <QAbstractItemView>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_EmitPane : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void offersTheEventsOfTheCatalog();
    void buildsAFormFromTheFields();
    void emitsWhatTheFormSays();
    void emitsJsonArguments();
    void aWrongInputDisablesTheButton();
    void namesTheHandlersBeforehand();
    void anUnknownEventGetsASentence();
    void refusesPastedTextOfTwentyMegabytes();
    void keepsTheInputWhenTheCatalogComesAgain();
    void asksForWorkers();
    void asksForAnExecutor();
    void saysSoWhenNothingCanBeEmitted();
    void theListOfEventsStaysOpenWhenTheCatalogChanges();
    void emitsForSomeSeconds();
    void repeatsUntilItIsStopped();
    void theShellCommandRepeatsAsWell();
    void takesACommandToChangeIt();
    void escapeStops();

private:
    QPushButton *button() { return m_pane->findChild<QPushButton *>(); }
    template <typename Input>
    Input *input(const QString &name) const
    {
        for (Input *each : m_pane->findChildren<Input *>()) {
            if (each->accessibleName() == name)
                return each;
        }
        return nullptr;
    }
    JsonEdit *json() { return m_pane->findChild<JsonEdit *>(); }

    std::unique_ptr<RunModel> m_run;
    std::unique_ptr<EmitPane> m_pane;
};

static EmitCommand commandOf(const QSignalSpy &spy)
{
    return spy.value(0).value(0).value<EmitCommand>();
}

void tst_EmitPane::init()
{
    m_pane.reset();
    m_run = std::make_unique<RunModel>();
    m_run->setCatalog(SampleFacts::catalog());
    m_pane = std::make_unique<EmitPane>(*m_run);
}

void tst_EmitPane::offersTheEventsOfTheCatalog()
{
    const auto combo = m_pane->findChild<QComboBox *>();

    QCOMPARE(combo->count(), 4);
    QCOMPARE(combo->currentText(), u"StringEvent"_s);
    QVERIFY(m_pane->problem().isEmpty());
}

void tst_EmitPane::buildsAFormFromTheFields()
{
    m_pane->chooseEvent(u"Sleep"_s);

    const auto fields = m_pane->findChildren<FieldEditor *>();
    QCOMPARE(fields.size(), 1);
    QCOMPARE(fields[0]->field().name, u"ms"_s);
    QCOMPARE(*fields[0]->value(), QCborValue(100));
}

void tst_EmitPane::emitsWhatTheFormSays()
{
    QSignalSpy spy(m_pane.get(), &EmitPane::emitRequested);
    m_pane->chooseEvent(u"Sleep"_s);
    m_pane->findChild<FieldEditor *>()->setValue(250);

    QTest::mouseClick(button(), Qt::LeftButton);

    QCOMPARE(spy.count(), 1);
    const EmitCommand command = commandOf(spy);
    QCOMPARE(command.event, u"Sleep"_s);
    QCOMPARE(command.arguments.size(), 1);
    QCOMPARE(command.arguments[0].fields, (QCborMap{{u"ms"_s, 250}}));
}

void tst_EmitPane::emitsJsonArguments()
{
    QSignalSpy spy(m_pane.get(), &EmitPane::emitRequested);
    m_pane->chooseEvent(u"Echo"_s);
    json()->setPlainText(u"[1, 2]"_s);

    m_pane->emitNow();

    QCOMPARE(commandOf(spy).arguments.value(0).positional, (QCborArray{1, 2}));
}

void tst_EmitPane::aWrongInputDisablesTheButton()
{
    QSignalSpy spy(m_pane.get(), &EmitPane::emitRequested);
    m_pane->chooseEvent(u"Echo"_s);
    json()->setPlainText(u"[1, "_s);

    m_pane->emitNow();

    QCOMPARE(spy.count(), 0);
    QVERIFY(!button()->isEnabled());
    QVERIFY(m_pane->problem().contains(u"not valid JSON yet"_s));
    json()->setPlainText(u"[1]"_s);
    QVERIFY(button()->isEnabled());
}

void tst_EmitPane::namesTheHandlersBeforehand()
{
    QStringList texts;
    for (const QLabel *label : m_pane->findChildren<QLabel *>())
        texts.append(label->text());

    QVERIFY(texts.contains(u"Will call: [Sync], [Async]"_s));
}

void tst_EmitPane::anUnknownEventGetsASentence()
{
    m_pane->chooseEvent(u"Strnig"_s);

    QVERIFY(m_pane->problem().startsWith(u"No handler reacts to “Strnig”."_s));
    QVERIFY(!button()->isEnabled());
}

void tst_EmitPane::refusesPastedTextOfTwentyMegabytes()
{
    m_pane->chooseEvent(u"Echo"_s);
    QGuiApplication::clipboard()->setText(QString(20'000'000, u'1'));

    json()->paste();

    QVERIFY(m_pane->problem().contains(u"16 MiB"_s));
    QVERIFY(json()->toPlainText().isEmpty());
    json()->setPlainText(u"[1]"_s);
    QVERIFY(m_pane->problem().isEmpty());
}

void tst_EmitPane::keepsTheInputWhenTheCatalogComesAgain()
{
    m_pane->chooseEvent(u"Sleep"_s);
    m_pane->findChild<FieldEditor *>()->setValue(321);

    m_run->setCatalog(SampleFacts::catalog());

    QCOMPARE(m_pane->findChild<QComboBox *>()->currentText(), u"Sleep"_s);
    QCOMPARE(*m_pane->findChild<FieldEditor *>()->value(), QCborValue(321));
}

void tst_EmitPane::asksForWorkers()
{
    QSignalSpy spy(m_pane.get(), &EmitPane::workersChosen);
    m_pane->setWorkers(3);
    const auto boxes = m_pane->findChildren<QSpinBox *>();
    const auto workers = std::find_if(boxes.begin(), boxes.end(), [](const QSpinBox *box) {
        return box->accessibleName() == u"Workers"_s;
    });
    QVERIFY(workers != boxes.end());

    (*workers)->setValue(8);

    QCOMPARE(spy.count(), 1);
    QCOMPARE(spy[0][0].toInt(), 8);
}

void tst_EmitPane::asksForAnExecutor()
{
    QSignalSpy spy(m_pane.get(), &EmitPane::executorChosen);
    m_pane->setExecutor(ExecutorKind::Processes);
    const auto boxes = m_pane->findChildren<QComboBox *>();
    const auto executor = std::find_if(boxes.begin(), boxes.end(), [](const QComboBox *box) {
        return box->accessibleName() == u"Run on"_s;
    });
    QVERIFY(executor != boxes.end());
    const QString shown = (*executor)->currentText();

    QTest::keyClick(*executor, Qt::Key_Up);

    QCOMPARE(shown, u"Processes"_s);
    QCOMPARE(spy.count(), 1);
    QVERIFY(spy[0][0].value<ExecutorKind>() == ExecutorKind::Threads);
}

void tst_EmitPane::saysSoWhenNothingCanBeEmitted()
{
    m_run->setCatalog({});

    QVERIFY(m_pane->problem().contains(u"no plugin is active"_s));
    QVERIFY(!button()->isEnabled());
}

void tst_EmitPane::theListOfEventsStaysOpenWhenTheCatalogChanges()
{
    const auto combo = m_pane->findChild<QComboBox *>();
    m_pane->show();
    combo->showPopup();
    QVERIFY(combo->view()->isVisible());
    CatalogFact more = SampleFacts::catalog();
    more.plugins[0].handlers[0].events.append(u"Another"_s);
    more.plugins[1].isActive = false;

    m_run->setCatalog(more);

    QVERIFY(combo->view()->isVisible());
    QStringList events;
    for (int row = 0; row < combo->count(); ++row)
        events.append(combo->itemText(row));
    QCOMPARE(events, (QStringList{u"Another"_s, u"Echo"_s, u"Sleep"_s, u"StringEvent"_s}));
    QCOMPARE(combo->currentText(), u"StringEvent"_s);
}

void tst_EmitPane::emitsForSomeSeconds()
{
    QSignalSpy spy(m_pane.get(), &EmitPane::emitRequested);
    input<QComboBox>(u"How long to emit"_s)->setCurrentText(u"For"_s);
    const QString withoutRate = m_pane->problem();
    input<QSpinBox>(u"Seconds to emit"_s)->setValue(4);
    input<QDoubleSpinBox>(u"Emissions per second"_s)->setValue(2.5);

    m_pane->emitNow();

    QVERIFY(withoutRate.contains(u"set the rate"_s));
    QCOMPARE(commandOf(spy).count, quint64(10));
    QCOMPARE(commandOf(spy).rate, 2.5);
}

void tst_EmitPane::repeatsUntilItIsStopped()
{
    QSignalSpy once(m_pane.get(), &EmitPane::emitRequested);
    QSignalSpy repeated(m_pane.get(), &EmitPane::repeatRequested);
    input<QComboBox>(u"How long to emit"_s)->setCurrentText(u"Until stopped"_s);

    m_pane->emitNow();

    QCOMPARE(once.count(), 0);
    QCOMPARE(repeated.count(), 1);
    QCOMPARE(button()->text(), u"Emit until stopped"_s);
}

/// In a shell that is done by Ctrl+C, not after one emission.
void tst_EmitPane::theShellCommandRepeatsAsWell()
{
    QSignalSpy copied(m_pane.get(), &EmitPane::shellCommandWanted);
    input<QComboBox>(u"How long to emit"_s)->setCurrentText(u"Until stopped"_s);

    input<QToolButton>(u"Copy this emission as a shell command"_s)->click();

    QCOMPARE(copied.count(), 1);
    QVERIFY(copied[0][0].value<EmitCommand>().count >= 1'000'000'000);
}

void tst_EmitPane::takesACommandToChangeIt()
{
    EmitCommand command{u"Sleep"_s, {}, 7, 3};
    command.deadline = std::chrono::milliseconds(1500);
    command.arguments.append(Arguments{{}, {}, {{u"ms"_s, 321}}});

    m_pane->setCommand(command);

    const EmitCommand shown = m_pane->command();
    QCOMPARE(shown.event, command.event);
    QCOMPARE(shown.arguments, command.arguments);
    QCOMPARE(shown.count, command.count);
    QCOMPARE(shown.rate, command.rate);
    QCOMPARE(shown.deadline, command.deadline);
}

void tst_EmitPane::escapeStops()
{
    QSignalSpy stopped(m_pane.get(), &EmitPane::stopWanted);

    QTest::keyClick(input<QDoubleSpinBox>(u"Emissions per second"_s), Qt::Key_Escape);

    QCOMPARE(stopped.count(), 1);
}

QTEST_MAIN(tst_EmitPane)
#include "tst_emitpane.moc"
