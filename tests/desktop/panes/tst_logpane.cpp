// SPDX-License-Identifier: MIT
#include "desktop/panes/logpane.h"
#include "desktop/samplefacts.h"

#include "desktop/actionregistry.h"
#include "desktop/models/rundetails.h"
#include "desktop/panes/emptystate.h"
#include "desktop/panes/logruleeditor.h"

#include <QAction>
#include <QCheckBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_LogPane : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void scrollsAlong();
    void stopsWhenTheUserLooksBack();
    void theButtonGoesToTheNewestLine();
    void whatIsReadStaysInPlaceWhenOldLinesGo();
    void aClickChoosesTheTask();
    void filters();
    void staysQuickWithAMillionLines();
    void filtersAMillionLinesInSlices();
    void savesWhatIsNotSortedInYet();
    void showsLevelsThatAreChosen();
    void understandsExpressionsBetweenSlashes();
    void clearingHidesAndUndoBringsBack();
    void showsOnlyTheLinesOfATask();
    void showsOnlyTheLinesOfTheMarkedTimes();
    void rulesAreEditedBesideTheLog();
    void foldsLinesThatRepeat();
    void savesWhatIsShownWhileLinesCome();
    void savingCanBeCanceled();
    void saysWhyItCannotBeSaved();
    void saysWhatIsGone();
    void saysWhatToDoWhileItIsEmpty();

private:
    void add(int count);
    void fill();
    QScrollBar *bar() { return m_pane->findChild<QTableView *>()->verticalScrollBar(); }
    QTableView *view() { return m_pane->findChild<QTableView *>(); }

    std::unique_ptr<RunModel> m_run;
    std::unique_ptr<LogPane> m_pane;
    quint64 m_lines = 0;
};

void tst_LogPane::init()
{
    QLocale::setDefault(QLocale(QLocale::English));
    m_run = std::make_unique<RunModel>();
    m_run->setCatalog(SampleFacts::catalog());
    m_pane = std::make_unique<LogPane>(*m_run);
    m_pane->resize(800, 240);
    m_pane->show();
    m_lines = 0;
}

void tst_LogPane::cleanup()
{
    m_pane.reset();
    m_run.reset();
}

void tst_LogPane::add(int count)
{
    std::vector<LogLine> lines;
    for (int i = 0; i < count; ++i) {
        ++m_lines;
        lines.push_back(SampleFacts::line(qint64(m_lines), SampleFacts::task(m_lines), 1,
                                          u"line %1"_s.arg(m_lines)));
    }
    m_run->apply(SampleFacts::batch({}, std::move(lines)));
}

/// As many lines as are kept; returns when all have their rows.
void tst_LogPane::fill()
{
    add(int(RunLog::maximumLines));
    QTRY_COMPARE_WITH_TIMEOUT(view()->model()->rowCount(), int(RunLog::maximumLines), 60'000);
}

void tst_LogPane::scrollsAlong()
{
    add(100);
    add(100);

    QVERIFY(m_pane->isFollowing());
    QVERIFY(bar()->maximum() > 0);
    QTRY_COMPARE(bar()->value(), bar()->maximum());
}

void tst_LogPane::stopsWhenTheUserLooksBack()
{
    add(100);
    bar()->setValue(10);

    add(100);

    QVERIFY(!m_pane->isFollowing());
    QCOMPARE(bar()->value(), 10);
}

void tst_LogPane::theButtonGoesToTheNewestLine()
{
    add(100);
    bar()->setValue(0);
    const auto buttons = m_pane->findChildren<QToolButton *>();
    const auto newest = std::find_if(buttons.begin(), buttons.end(), [](const QToolButton *it) {
        return it->text() == u"Newest"_s;
    });
    QVERIFY(newest != buttons.end());
    QVERIFY((*newest)->isVisible());

    QTest::mouseClick(*newest, Qt::LeftButton);

    QVERIFY(m_pane->isFollowing());
    QCOMPARE(bar()->value(), bar()->maximum());
    QVERIFY(!(*newest)->isVisible());
}

void tst_LogPane::whatIsReadStaysInPlaceWhenOldLinesGo()
{
    fill();
    bar()->setValue(1000);
    const auto topText = [this] {
        return view()->indexAt({0, 0}).siblingAtColumn(LogModel::TextColumn).data().toString();
    };
    const QString before = topText();

    add(100);

    QVERIFY(m_run->forgottenLines() > 0);
    QTRY_COMPARE(topText(), before);
}

void tst_LogPane::aClickChoosesTheTask()
{
    add(3);
    QSignalSpy chosen(m_pane.get(), &LogPane::taskChosen);

    const QModelIndex second = view()->model()->index(1, LogModel::TextColumn);
    QTest::mouseClick(view()->viewport(), Qt::LeftButton, {}, view()->visualRect(second).center());

    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen[0][0].value<TaskId>(), SampleFacts::task(2));
}

void tst_LogPane::filters()
{
    add(20);

    m_pane->findChild<QLineEdit *>()->setText(u"line 2"_s);

    QCOMPARE(view()->model()->rowCount(), 2);
}

void tst_LogPane::staysQuickWithAMillionLines()
{
    fill();
    QTRY_COMPARE(bar()->value(), bar()->maximum());
    QElapsedTimer timer;
    timer.start();

    for (int i = 0; i < 20; ++i) {
        add(100);
        view()->viewport()->repaint();
    }

    qInfo("%.1f ms a frame of 100 more lines", double(timer.elapsed()) / 20);
    // 33 ms a frame is what the window promises; debug and sanitizer builds get ten times that.
    QVERIFY2(timer.elapsed() < 20 * 330, qPrintable(QString::number(timer.elapsed())));
}

static QAction *levelAction(const LogPane &pane, const QString &text)
{
    for (QAction *action : pane.findChild<QMenu *>()->actions()) {
        if (action->text() == text)
            return action;
    }
    return nullptr;
}

void tst_LogPane::showsLevelsThatAreChosen()
{
    add(3);
    m_run->apply(SampleFacts::batch(
        {}, {SampleFacts::line(9, SampleFacts::task(1), 1, u"careful"_s, LogLevel::Warning)}));

    levelAction(*m_pane, u"printed"_s)->setChecked(false);

    QCOMPARE(view()->model()->rowCount(), 1);
    QVERIFY(m_pane->shownText().endsWith(u"careful"_s));
}

void tst_LogPane::understandsExpressionsBetweenSlashes()
{
    add(20);
    const auto line = m_pane->findChild<QLineEdit *>();

    line->setText(u"/line 1[0-3]$/"_s);
    const int matched = view()->model()->rowCount();
    line->setText(u"/line (1/"_s);

    QCOMPARE(matched, 4);
    QCOMPARE(view()->model()->rowCount(), 20);
    const auto labels = m_pane->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
        return label->text().startsWith(u"The expression is wrong at character"_s);
    }));
}

void tst_LogPane::clearingHidesAndUndoBringsBack()
{
    QWidget window;
    ActionRegistry registry(window);
    QUndoStack undo;
    m_pane->addActions(registry, undo);
    add(5);

    registry.find(u"edit.clearLog"_s)->trigger();
    const int after = view()->model()->rowCount();
    add(2);
    const int withNew = view()->model()->rowCount();
    undo.undo();

    QCOMPARE(after, 0);
    QCOMPARE(withNew, 2);
    QCOMPARE(view()->model()->rowCount(), 7);
    QCOMPARE(m_run->lineCount(), size_t(7));
}

void tst_LogPane::showsOnlyTheLinesOfATask()
{
    add(5);

    m_pane->showTask(SampleFacts::task(3));
    const QString shown = m_pane->shownText();
    m_pane->markTask(SampleFacts::task(4)); // another one was selected in the timeline

    QVERIFY(shown.endsWith(u"line 3"_s));
    QVERIFY(m_pane->shownText().endsWith(u"line 4"_s));
    QCOMPARE(view()->model()->rowCount(), 1);
}

void tst_LogPane::showsOnlyTheLinesOfTheMarkedTimes()
{
    BatchFact batch = SampleFacts::batch({});
    for (int i = 1; i <= 9; ++i)
        batch.trace.log.push_back(
            SampleFacts::line(i * 1'000, SampleFacts::task(1), 1, u"line %1"_s.arg(i)));
    m_run->apply(batch);
    QCheckBox *selection = nullptr;
    for (QCheckBox *box : m_pane->findChildren<QCheckBox *>()) {
        if (box->text() == u"Selection"_s)
            selection = box;
    }
    QVERIFY(selection);

    m_pane->markTimes(LogTimes{3'000, 5'000});
    const qsizetype unfiltered = m_pane->shownText().count(u"line"_s);
    selection->click();
    const QString marked = m_pane->shownText();
    m_pane->markTimes(std::nullopt);

    QCOMPARE(unfiltered, 9);
    QCOMPARE(marked.count(u"line"_s), 3);
    QVERIFY(marked.contains(u"line 3"_s) && marked.contains(u"line 5"_s));
    QTRY_COMPARE(m_pane->shownText().count(u"line"_s), 9);
}

void tst_LogPane::rulesAreEditedBesideTheLog()
{
    ActionRegistry registry(*m_pane);
    QUndoStack undo;
    m_pane->addActions(registry, undo);
    QSignalSpy changed(m_pane.get(), &LogPane::rulesChanged);
    add(1);

    registry.find(u"edit.highlightLog"_s)->trigger();
    auto editor = m_pane->findChild<LogRuleEditor *>();
    QVERIFY(editor && editor->isVisible());
    QTest::keyClicks(editor->focusWidget(), u"line 1"_s);

    const QList<LogRule> rules{{u"line 1"_s, {}, {}, Tint::Yellow}};
    QCOMPARE(changed.constLast()[0].value<QList<LogRule>>(), rules);
    QVERIFY(view()->model()->index(0, 0).data(Qt::BackgroundRole).isValid());

    registry.find(u"edit.highlightLog"_s)->trigger(); // comes to the front
    QCOMPARE(m_pane->findChildren<LogRuleEditor *>().size(), 1);
}

void tst_LogPane::foldsLinesThatRepeat()
{
    std::vector<LogLine> lines(4120, SampleFacts::line(1, SampleFacts::task(1), 1, u"again"_s));
    m_run->apply(SampleFacts::batch({}, lines));
    add(1);

    QCOMPARE(view()->model()->rowCount(), 2);
    QVERIFY(m_pane->shownText().contains(u"again  (× 4,120)"_s));
}

static QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void tst_LogPane::savesWhatIsShownWhileLinesCome()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"log.txt"_s);
    add(20'000);
    const QByteArray before = m_pane->shownText().toUtf8() + '\n';

    m_pane->saveTo(path);
    add(10); // come too late for this file

    QTRY_COMPARE(contentOf(path).size(), before.size());
    QVERIFY(contentOf(path) == before);
}

void tst_LogPane::savingCanBeCanceled()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"log.txt"_s);
    add(20'000);
    LogModel model(*m_run);
    model.refresh();
    LogSaver saver(model);
    QSignalSpy progressed(&saver, &LogSaver::progressed);
    QSignalSpy ended(&saver, &LogSaver::ended);

    saver.save(path);
    QVERIFY(progressed.wait());
    saver.cancel();

    QCOMPARE(ended.count(), 1);
    QVERIFY(progressed[0][0].toDouble() < 1);
    QVERIFY(!QFile::exists(path));
}

void tst_LogPane::saysWhyItCannotBeSaved()
{
    add(1);

    m_pane->saveTo(u"/no/such/folder/log.txt"_s);

    const auto isTold = [this] {
        for (const QLabel *label : m_pane->findChildren<QLabel *>()) {
            if (label->text().contains(u"/no/such/folder/log.txt"_s))
                return true;
        }
        return false;
    };
    QTRY_VERIFY(isTold());
}

/// The window goes on while a million lines are asked for a text.
void tst_LogPane::filtersAMillionLinesInSlices()
{
    fill();
    const auto model = qobject_cast<LogModel *>(view()->model());
    const auto says = [this](const QString &text) {
        const auto labels = m_pane->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel *label) { return label->text() == text; });
    };

    m_pane->findChild<QLineEdit *>()->setText(u"line 99999"_s);
    const bool isSorting = model->isSorting();
    const int rowsAtOnce = model->rowCount();
    QTRY_VERIFY_WITH_TIMEOUT(!model->isSorting(), 60'000);

    QVERIFY(isSorting);
    QVERIFY(rowsAtOnce < 11);
    QCOMPARE(model->rowCount(), 11); // the one itself, and what it begins
    QTRY_VERIFY(says(u"11 of 1,000,000 lines"_s));
}

void tst_LogPane::savesWhatIsNotSortedInYet()
{
    fill();
    const QTemporaryDir folder;
    m_pane->findChild<QLineEdit *>()->setText(u"line 99999"_s);
    QVERIFY(qobject_cast<LogModel *>(view()->model())->isSorting());

    m_pane->saveTo(folder.filePath(u"log.txt"_s));

    QFile file(folder.filePath(u"log.txt"_s));
    QTRY_VERIFY(file.exists());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count('\n'), 11);
}

void tst_LogPane::saysWhatIsGone()
{
    fill();
    add(100);

    const auto labels = m_pane->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
        return label->isVisible() && label->text().contains(u"100 older lines are gone"_s);
    }));
}

void tst_LogPane::saysWhatToDoWhileItIsEmpty()
{
    const auto empty = m_pane->findChild<EmptyState *>();
    QSignalSpy wanted(m_pane.get(), &LogPane::emitWanted);
    QVERIFY(empty->isVisible());
    empty->findChild<QPushButton *>()->click();
    QCOMPARE(wanted.count(), 1);

    add(3);
    QVERIFY(!empty->isVisible());
    m_pane->findChild<QLineEdit *>()->setText(u"nowhere"_s);
    QVERIFY(empty->isVisible());
    empty->findChild<QPushButton *>()->click();

    QCOMPARE(view()->model()->rowCount(), 3);
}

QTEST_MAIN(tst_LogPane)
#include "tst_logpane.moc"
