// SPDX-License-Identifier: MIT
#include "desktop/panes/crashtext.h"

#include <QCborArray>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_CrashText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void tellsASegmentationFault();
    void tellsAnExit();
    void leavesOutWhatIsUnknown();
};

void tst_CrashText::tellsASegmentationFault()
{
    const QCborMap named{{u"address"_s, u"0x7f12"_s},
                         {u"module"_s, u"/plugins/chaos.so"_s},
                         {u"offset"_s, u"0x1f12"_s},
                         {u"function"_s, u"crashHere()"_s},
                         {u"distance"_s, u"0x12"_s}};
    const QCborMap nameless{{u"address"_s, u"0x7f00"_s},
                            {u"module"_s, u"/usr/bin/fanfare-host"_s},
                            {u"offset"_s, u"0x99"_s}};
    const QCborMap report{{u"code"_s, u"crashed"_s},
                          {u"text"_s, u"The handler read where no memory is."_s},
                          {u"signal"_s, 11},
                          {u"signalName"_s, u"SIGSEGV"_s},
                          {u"address"_s, u"0x8"_s},
                          {u"pc"_s, u"0x7f12"_s},
                          {u"frames"_s, QCborArray{named, nameless}},
                          {u"lines"_s, QCborArray{u"one"_s, u"two"_s}},
                          {u"errors"_s, u"bad luck\n"_s},
                          {u"pid"_s, 4101},
                          {u"uptime"_s, qint64(2'300'000'000)},
                          {u"peakMemory"_s, 20'480},
                          {u"earlier"_s, QCborArray{QCborMap(), QCborMap()}}};

    QCOMPARE(crashText(report),
             u"The handler read where no memory is.\n"
             "SIGSEGV, address 0x8, code at 0x7f12\n"
             "pid 4101 · lived 2.30 s · at most 20.0 MiB · 2 attempts before\n"
             "\n"
             "Stack:\n"
             " 0  crashHere() +0x12 (chaos.so)\n"
             " 1  fanfare-host +0x99\n"
             "\n"
             "Printed last:\n"
             "one\n"
             "two\n"
             "bad luck"_s);
}

void tst_CrashText::tellsAnExit()
{
    QCOMPARE(crashText({{u"text"_s, u"The handler ended its process."_s}, {u"exitCode"_s, 3}}),
             u"The handler ended its process.\nexit code 3"_s);
}

void tst_CrashText::leavesOutWhatIsUnknown()
{
    QCOMPARE(crashText({}), QString());
    QCOMPARE(crashText({{u"signalName"_s, u"SIGKILL"_s}}), u"SIGKILL"_s);
}

QTEST_GUILESS_MAIN(tst_CrashText)
#include "tst_crashtext.moc"
