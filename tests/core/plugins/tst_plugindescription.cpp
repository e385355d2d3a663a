// SPDX-License-Identifier: MIT
#include "everythingfact.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Fanfare;
using namespace Fanfare::Test;

class tst_PluginDescription : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryTypeOfField();
    void refusesWithASentence_data();
    void refusesWithASentence();
};

void tst_PluginDescription::readsEveryTypeOfField()
{
    const EventFact event = everythingFact();

    QVERIFY(event.isTyped);
    QCOMPARE(event.fields.size(), 26);
    const FieldFact urgency = fieldOf(event.fields, u"urgency"_s);
    QCOMPARE(urgency.type, u"enum"_s);
    QCOMPARE(urgency.values, (QStringList{u"Never"_s, u"Sometime"_s, u"Today"_s, u"AtOnce"_s}));
    QCOMPARE(fieldOf(event.fields, u"percent"_s).step, QCborValue(5));
    const FieldFact lines = fieldOf(event.fields, u"lines"_s);
    QCOMPARE(lines.items.size(), 1);
    QCOMPARE(lines.items.first().type, u"object"_s);
    const FieldFact price = fieldOf(lines.items.first().fields, u"price"_s);
    QCOMPARE(price.minimum, QCborValue(0));
    QCOMPARE(price.defaultValue, QCborValue(9.5));
    QCOMPARE(fieldOf(event.fields, u"first"_s).fields.size(), 3);
}

void tst_PluginDescription::refusesWithASentence_data()
{
    QTest::addColumn<QCborMap>("field");
    QTest::addColumn<QString>("sentence");
    QCborMap deep{{u"type"_s, u"int"_s}};
    for (int i = 0; i < 20; ++i)
        deep = {{u"type"_s, u"list"_s}, {u"items"_s, deep}};
    deep.insert(u"name"_s, u"f"_s);

    QTest::newRow("unknown type") << QCborMap{{u"name"_s, u"f"_s}, {u"type"_s, u"color"_s}}
                                  << u"the unknown type \"color\""_s;
    QTest::newRow("no name") << QCborMap{{u"type"_s, u"int"_s}} << u"a field without a name"_s;
    QTest::newRow("enum without values")
        << QCborMap{{u"name"_s, u"f"_s}, {u"type"_s, u"enum"_s}} << u"needs a list of values"_s;
    QTest::newRow("flags with numbers")
        << QCborMap{{u"name"_s, u"f"_s}, {u"type"_s, u"flags"_s}, {u"values"_s, QCborArray{1}}}
        << u"needs a list of values"_s;
    QTest::newRow("list of nothing")
        << QCborMap{{u"name"_s, u"f"_s}, {u"type"_s, u"list"_s}} << u"the unknown type \"\""_s;
    QTest::newRow("wrong type inside")
        << QCborMap{{u"name"_s, u"f"_s},
                    {u"type"_s, u"object"_s},
                    {u"fields"_s, QCborArray{QCborMap{{u"name"_s, u"g"_s}}}}}
        << u"the field g of the event E"_s;
    QTest::newRow("too deep") << deep << u"nested more than 16 deep"_s;
}

void tst_PluginDescription::refusesWithASentence()
{
    QFETCH(const QCborMap, field);
    QFETCH(const QString, sentence);
    const QCborMap event{{u"name"_s, u"E"_s}, {u"fields"_s, QCborArray{field}}};

    const auto description = readDescription({event}, {});

    QVERIFY(!description);
    QVERIFY2(description.error().message.contains(sentence),
             qPrintable(description.error().message));
}

QTEST_GUILESS_MAIN(tst_PluginDescription)
#include "tst_plugindescription.moc"
