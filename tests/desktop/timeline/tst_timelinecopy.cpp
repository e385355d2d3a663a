// SPDX-License-Identifier: MIT
#include "desktop/models/runstory.h"
#include "desktop/timeline/timelinescene.h"
#include "desktop/timeline/timelinewidget.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QImage>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

/// What the timeline puts on the clipboard.
class tst_TimelineCopy final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void copiesTheTaskAsJson();
    void copiesTheAreaAsATable();
    void copiesThePicture();
    void leavesTheClipboardWithoutATask();

private:
    void run(const QString &action);
    static QClipboard &clipboard() { return *QGuiApplication::clipboard(); }

    std::unique_ptr<RunModel> m_model;
    std::unique_ptr<TimelineWidget> m_widget;
};

void tst_TimelineCopy::init()
{
    m_widget.reset();
    m_model = std::make_unique<RunModel>();
    RunStory story(*m_model);
    story.startEngine();
    story.span(1, RunStory::thread1, 100, 300);
    story.span(2, RunStory::thread1, 400, 900);
    story.span(3, RunStory::thread2, 200, 500, Outcome::Failed);
    story.apply(1'000);
    m_widget = std::make_unique<TimelineWidget>(*m_model);
    m_widget->resize(1'000, 300);
    m_widget->show();
    m_widget->setFocus();
    clipboard().setText(u"before"_s);
}

void tst_TimelineCopy::run(const QString &action)
{
    auto *found = m_widget->findChild<QAction *>(u"timeline."_s + action);
    QVERIFY(found);
    found->trigger();
}

void tst_TimelineCopy::copiesTheTaskAsJson()
{
    m_widget->select(TaskId{EmissionId{3}, 0});

    run(u"copyJson"_s);

    const QJsonObject task = QJsonDocument::fromJson(clipboard().text().toUtf8()).object();
    QCOMPARE(task.value("emission"_L1).toInteger(), 3);
    QCOMPARE(task.value("handler"_L1).toString(), u"sync"_s);
    QCOMPARE(task.value("worker"_L1).toString(), u"thread 2"_s);
    QCOMPARE(task.value("outcome"_L1).toString(), u"failed"_s);
    QCOMPARE(task.value("finishedNs"_L1).toInteger() - task.value("startedNs"_L1).toInteger(),
             300'000'000);
}

void tst_TimelineCopy::copiesTheAreaAsATable()
{
    m_widget->select(TaskId{EmissionId{2}, 0});
    QTest::keyClick(m_widget.get(), Qt::Key_R); // marks the task
    QVERIFY(m_widget->scene().area().area());

    run(u"copyTable"_s);

    const QStringList lines = clipboard().text().split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 2);
    QVERIFY(lines[0].startsWith(u"emission,task,plugin,handler"_s));
    QVERIFY(lines[1].startsWith(u"2,0,basics,sync,StringEvent,thread 1,"_s));
}

void tst_TimelineCopy::copiesThePicture()
{
    QTest::keyClick(m_widget.get(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);

    const QImage copied = clipboard().image();
    const qreal ratio = m_widget->devicePixelRatioF();
    QCOMPARE(copied.size(), (QSizeF(m_widget->size()) * ratio).toSize());
    QVERIFY(copied.pixelColor(10, 10).isValid());
}

void tst_TimelineCopy::leavesTheClipboardWithoutATask()
{
    run(u"copyJson"_s);
    run(u"copyTable"_s);

    QCOMPARE(clipboard().text(), u"before"_s);
}

QTEST_MAIN(tst_TimelineCopy)
#include "tst_timelinecopy.moc"
