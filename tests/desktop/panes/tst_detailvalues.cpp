// SPDX-License-Identifier: MIT
// What a task was given and left, in the details pane.
#include "desktop/panes/detailspane.h"
#include "desktop/panes/valuetree.h"
#include "desktop/samplefacts.h"

#include <QCborArray>
#include <QCborMap>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_DetailValues final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void showsTheArguments();
    void saysWhyThereAreNoArguments();
    void showsANestedResultAsATreeWithItsSize();

private:
    bool shows(const QString &text) const { return m_pane->plainText().contains(text); }

    std::unique_ptr<RunModel> m_run;
    std::unique_ptr<DetailsPane> m_pane;
};

void tst_DetailValues::init()
{
    m_run = std::make_unique<RunModel>();
    m_run->setCatalog(SampleFacts::catalog());
    m_pane = std::make_unique<DetailsPane>(*m_run);
}

void tst_DetailValues::cleanup()
{
    m_pane.reset();
    m_run.reset();
}

void tst_DetailValues::showsTheArguments()
{
    Arguments arguments;
    arguments.fields = {{u"path"_s, u"/etc/hosts"_s}};
    m_run->setArguments(EmissionId{1}, {u"FileAdded"_s, {arguments}, 1, 0});
    m_run->apply(SampleFacts::batch({SampleFacts::span(SampleFacts::task(1), 5, 0)}));

    m_pane->showTask(SampleFacts::task(1));

    QVERIFY(shows(u"Arguments"_s));
    QVERIFY(shows(u"/etc/hosts"_s));
}

void tst_DetailValues::saysWhyThereAreNoArguments()
{
    m_run->apply(SampleFacts::batch({SampleFacts::span(SampleFacts::task(1), 5, 0)}));

    m_pane->showTask(SampleFacts::task(1));
    QVERIFY(shows(u"Not kept: only those of the newest emissions are."_s));

    m_pane->setIsOfFile();
    m_pane->showTask({});
    m_pane->showTask(SampleFacts::task(1));
    QVERIFY(shows(u"Not recorded: the file of a run does not have arguments."_s));
}

void tst_DetailValues::showsANestedResultAsATreeWithItsSize()
{
    TaskDetail detail;
    detail.task = SampleFacts::task(1);
    detail.result = QCborMap{{u"pages"_s, QCborArray{1, 2}}, {u"name"_s, u"a"_s}};
    m_run->apply(SampleFacts::batch({SampleFacts::span(detail.task, 5, 0)}, {}, {detail}));

    m_pane->showTask(detail.task);

    const auto *tree = m_pane->findChild<ValueTree *>();
    QVERIFY(tree->isVisibleTo(m_pane.get()));
    QCOMPARE(tree->topLevelItemCount(), 2);
    QVERIFY(shows(u"Result · %1 bytes"_s.arg(detail.result.toCbor().size())));
    QVERIFY(shows(u"\"pages\""_s)); // copied as text
}

QTEST_MAIN(tst_DetailValues)
#include "tst_detailvalues.moc"
