// SPDX-License-Identifier: MIT
#include "desktop/scenarios/sidelist.h"

#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

static const std::vector<RunConfiguration> usual{{ExecutorKind::Threads, 0},
                                                 {ExecutorKind::Processes, 0}};

class tst_SideList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackFromSettings();
    void whatMakesNoSenseIsTheUsual_data();
    void whatMakesNoSenseIsTheUsual();

private:
    QTemporaryDir m_folder;
    QSettings m_settings{m_folder.filePath(u"settings.ini"_s), QSettings::IniFormat};
};

void tst_SideList::comesBackFromSettings()
{
    QCOMPARE(savedSides(m_settings), usual);
    const std::vector<RunConfiguration> sides{
        {ExecutorKind::Processes, 4}, {ExecutorKind::Threads, 0}, {ExecutorKind::Threads, 256}};

    saveSides(m_settings, sides);
    SideList list;
    list.setSides(savedSides(m_settings));

    QCOMPARE(list.sides(), sides);
}

void tst_SideList::whatMakesNoSenseIsTheUsual_data()
{
    QTest::addColumn<QStringList>("saved");
    QTest::newRow("one side") << QStringList{u"threads 2"_s};
    QTest::newRow("unknown executor") << QStringList{u"threads 2"_s, u"fibers 2"_s};
    QTest::newRow("too many workers") << QStringList{u"threads 2"_s, u"processes 257"_s};
    QTest::newRow("no number") << QStringList{u"threads 2"_s, u"processes"_s};
    QTest::newRow("too many sides") << QStringList(65, u"threads 2"_s);
}

void tst_SideList::whatMakesNoSenseIsTheUsual()
{
    QFETCH(QStringList, saved);
    m_settings.setValue(u"scenarios/sides"_s, saved);

    QCOMPARE(savedSides(m_settings), usual);
}

QTEST_MAIN(tst_SideList)
#include "tst_sidelist.moc"
