// SPDX-License-Identifier: MIT
#include <fanfare/plugins/quarantine.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_Quarantine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void countsCrashesOfOneHandler();
    void quarantinesAfterThreeInARow();
    void tellsBuildsAndHandlersApart();
    void remembersAcrossStarts();
    void forgetsWhatIsLifted();
    void liftsByName_data();
    void liftsByName();
    void seesWhatOthersChange();
    void ignoresEntriesThatMakeNoSense();
    void keepsNothingWithoutAFolder();
    void remembersWhatItCannotWrite();

private:
    QString folder() const { return m_folder->path(); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

static QByteArray build(char digit)
{
    return QByteArray(32, digit);
}

static CrashRecord crashOf(const QString &handler, char digit = '1')
{
    CrashRecord crash;
    crash.hash = build(digit);
    crash.plugin = u"org.x"_s;
    crash.handler = handler;
    crash.text = u"It got SIGSEGV."_s;
    crash.time = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC);
    return crash;
}

void tst_Quarantine::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void tst_Quarantine::countsCrashesOfOneHandler()
{
    Quarantine quarantine(folder());

    quarantine.count(crashOf(u"parse"_s));
    quarantine.count(crashOf(u"parse"_s));

    const CrashRecord *const record = quarantine.find(build('1'), u"parse"_s);
    QVERIFY(record);
    QCOMPARE(record->crashes, 2);
    QVERIFY(!record->isQuarantined());
}

void tst_Quarantine::quarantinesAfterThreeInARow()
{
    Quarantine quarantine(folder());
    for (int i = 0; i < 2; ++i)
        quarantine.count(crashOf(u"parse"_s));
    QVERIFY(quarantine.lift(build('1'), u"parse"_s)); // it succeeded
    for (int i = 0; i < 2; ++i)
        quarantine.count(crashOf(u"parse"_s));
    QVERIFY(!quarantine.find(build('1'), u"parse"_s)->isQuarantined());

    quarantine.count(crashOf(u"parse"_s));

    QVERIFY(quarantine.find(build('1'), u"parse"_s)->isQuarantined());
}

void tst_Quarantine::tellsBuildsAndHandlersApart()
{
    Quarantine quarantine(folder());
    for (int i = 0; i < 3; ++i)
        quarantine.count(crashOf(u"parse"_s, '1'));

    QVERIFY(!quarantine.find(build('2'), u"parse"_s));
    QVERIFY(!quarantine.find(build('1'), u"print"_s));
}

void tst_Quarantine::remembersAcrossStarts()
{
    CrashRecord crash = crashOf(u"parse"_s);
    crash.place = CrashPlace::Threads;
    Quarantine(folder()).count(crash);

    const Quarantine next(folder());

    crash.crashes = 1;
    QVERIFY(next.find(build('1'), u"parse"_s));
    QVERIFY(*next.find(build('1'), u"parse"_s) == crash);
}

void tst_Quarantine::forgetsWhatIsLifted()
{
    Quarantine quarantine(folder());
    quarantine.count(crashOf(u"parse"_s));
    quarantine.count(crashOf(u"print"_s));

    QVERIFY(quarantine.lift(build('1'), u"parse"_s));

    QVERIFY(!quarantine.lift(build('1'), u"parse"_s));
    QCOMPARE(Quarantine(folder()).records().size(), 1);
}

void tst_Quarantine::liftsByName_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("lifted");
    QTest::newRow("handler") << u"parse"_s << 2;
    QTest::newRow("plugin and handler") << u"org.x/parse"_s << 2;
    QTest::newRow("other plugin") << u"org.y/parse"_s << 0;
    QTest::newRow("part of a name") << u"par"_s << 0;
}

void tst_Quarantine::liftsByName()
{
    QFETCH(QString, name);
    QFETCH(int, lifted);
    Quarantine quarantine(folder());
    quarantine.count(crashOf(u"parse"_s, '1'));
    quarantine.count(crashOf(u"parse"_s, '2'));
    quarantine.count(crashOf(u"print"_s, '2'));

    QCOMPARE(quarantine.liftNamed(name).size(), lifted);

    QCOMPARE(Quarantine(folder()).records().size(), 3 - lifted);
}

void tst_Quarantine::seesWhatOthersChange()
{
    Quarantine one(folder());
    Quarantine other(folder());
    one.count(crashOf(u"parse"_s));
    other.count(crashOf(u"parse"_s)); // without having seen the first one

    QVERIFY(one.reload());
    QVERIFY(!one.reload());

    QCOMPARE(one.find(build('1'), u"parse"_s)->crashes, 2);
}

void tst_Quarantine::ignoresEntriesThatMakeNoSense()
{
    QFile file(m_folder->filePath(u"quarantine.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"handlers": [17, {}, {"hash": "00", "handler": "x", "crashes": 3},
                               {"handler": "y", "crashes": "many"}]})");
    file.close();

    const Quarantine quarantine(folder());

    QVERIFY(quarantine.records().isEmpty());
    QVERIFY(quarantine.problem().isEmpty());
}

void tst_Quarantine::keepsNothingWithoutAFolder()
{
    Quarantine quarantine({});

    quarantine.count(crashOf(u"parse"_s));

    QVERIFY(quarantine.records().isEmpty());
    QVERIFY(!QFile::exists(u"/quarantine.json"_s));
}

void tst_Quarantine::remembersWhatItCannotWrite()
{
    QFile file(m_folder->filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    Quarantine quarantine(file.fileName() + u"/folder"_s);

    for (int i = 0; i < 3; ++i)
        quarantine.count(crashOf(u"parse"_s));

    QVERIFY(quarantine.find(build('1'), u"parse"_s)->isQuarantined());
    QVERIFY(!quarantine.problem().isEmpty());
}

QTEST_GUILESS_MAIN(tst_Quarantine)
#include "tst_quarantine.moc"
