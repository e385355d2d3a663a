// SPDX-License-Identifier: MIT
#include <fanfare/events/event.h>

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using Fanfare::Event;

class tst_Event : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isInvalidWithoutAName_data();
    void isInvalidWithoutAName();
    void keepsEveryCharacterOfItsName_data();
    void keepsEveryCharacterOfItsName();
    void differsInTheSlightestCharacter_data();
    void differsInTheSlightestCharacter();
    void globalIsNotTheEventNamedAsterisk();
    void equalEventsHashEqually();
};

void tst_Event::isInvalidWithoutAName_data()
{
    QTest::addColumn<QString>("name");

    QTest::newRow("null") << QString();
    QTest::newRow("empty") << u""_s;
}

void tst_Event::isInvalidWithoutAName()
{
    QFETCH(QString, name);

    QVERIFY(!Event(name).isValid());
    QVERIFY(!Event().isValid());
    QCOMPARE(Event(name), Event());
}

void tst_Event::keepsEveryCharacterOfItsName_data()
{
    QTest::addColumn<QString>("name");

    QTest::newRow("plain") << u"OrderCreated"_s;
    QTest::newRow("blanks") << u"  a b  "_s;
    QTest::newRow("one blank") << u" "_s;
    QTest::newRow("control") << u"\t\n"_s;
    QTest::newRow("U+0000") << QString(u'\0');
    QTest::newRow("U+0000 inside") << QString(u"a"_s + QChar(u'\0') + u"b"_s);
    QTest::newRow("leading U+FEFF") << QString(QChar(0xfeff) + u"a"_s);
    QTest::newRow("lone surrogate") << QString(QChar(0xd800));
    QTest::newRow("beyond U+FFFF") << u"\U0001f3ba"_s;
    QTest::newRow("long") << QString(100'000, u'x');
}

void tst_Event::keepsEveryCharacterOfItsName()
{
    QFETCH(QString, name);

    const Event event(name);

    QVERIFY(event.isValid());
    QVERIFY(!event.isGlobal());
    QCOMPARE(event.name(), name);
}

void tst_Event::differsInTheSlightestCharacter_data()
{
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");

    QTest::newRow("case") << u"Order"_s << u"order"_s;
    QTest::newRow("blank") << u"Order"_s << u"Order "_s;
    QTest::newRow("normalization") << u"\u00e9"_s << u"e\u0301"_s;
    QTest::newRow("width") << u"A"_s << u"\uff21"_s;
    QTest::newRow("U+0000") << u"A"_s << QString(u"A"_s + QChar(u'\0'));
    QTest::newRow("last of many") << QString(QString(400, u'x') + u'1')
                                  << QString(QString(400, u'x') + u'2');
}

void tst_Event::differsInTheSlightestCharacter()
{
    QFETCH(QString, one);
    QFETCH(QString, other);

    QVERIFY(Event(one) != Event(other));
    QCOMPARE((QSet<Event>{Event(one), Event(other)}).size(), 2);
}

void tst_Event::globalIsNotTheEventNamedAsterisk()
{
    QVERIFY(Event::global().isValid());
    QVERIFY(Event::global().isGlobal());
    QCOMPARE(Event::global().name(), u"*"_s);
    QVERIFY(Event::global() != Event(u"*"_s));
    QVERIFY(!Event(u"*"_s).isGlobal());
    QVERIFY(!Event(u"ellipsis"_s).isGlobal());
}

void tst_Event::equalEventsHashEqually()
{
    QCOMPARE(qHash(Event(u"A"_s), 7), qHash(Event(QString(u'A')), 7));
    QCOMPARE(qHash(Event::global(), 7), qHash(Event::global(), 7));
    QCOMPARE((QSet<Event>{Event::global(), Event(u"*"_s), Event::global()}).size(), 2);
}

QTEST_GUILESS_MAIN(tst_Event)
#include "tst_event.moc"
