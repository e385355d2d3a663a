// SPDX-License-Identifier: MIT
#include <fanfare/sdk/eventtype.h>

#include <QTest>

using namespace Qt::StringLiterals;

namespace Shop {

struct OrderPlaced
{
    Q_GADGET
    Q_CLASSINFO("summary", "Somebody bought something")
    Q_CLASSINFO("count.summary", "How many")
    Q_CLASSINFO("count.minimum", "1")
    Q_CLASSINFO("count.maximum", "1000")
    Q_CLASSINFO("receipt.type", "path")
    Q_PROPERTY(int count MEMBER count)
    Q_PROPERTY(qint64 customer MEMBER customer)
    Q_PROPERTY(quint32 color MEMBER color)
    Q_PROPERTY(quint64 serial MEMBER serial)
    Q_PROPERTY(double price MEMBER price)
    Q_PROPERTY(bool isGift MEMBER isGift)
    Q_PROPERTY(QString note MEMBER note)
    Q_PROPERTY(QString receipt MEMBER receipt)
    Q_PROPERTY(QStringList tags MEMBER tags)
public:
    int count = 1;
    qint64 customer = 0;
    quint32 color = 0;
    quint64 serial = 0;
    double price = 9.5;
    bool isGift = false;
    QString note;
    QString receipt;
    QStringList tags;
};

} // namespace Shop

using Shop::OrderPlaced;

static QString refusal(const QCborMap &fields)
{
    try {
        Fanfare::fromFields<OrderPlaced>(fields);
    } catch (const std::invalid_argument &error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

static QCborMap describedField(const QString &name)
{
    const QCborMap event = Fanfare::describeEvent<OrderPlaced>();
    for (const QCborValue &field : event.value(u"fields"_s).toArray()) {
        if (field.toMap().value(u"name"_s) == name)
            return field.toMap();
    }
    return {};
}

class tst_EventType : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void nameIsTheClassWithoutNamespace();
    void descriptionTellsTypesLimitsAndDefaults();
    void fieldsSurviveTheRoundTrip();
    void missingFieldsKeepTheirDefaults();
    void wholeNumbersMayBeWrittenAsDoubles();
    void refusalNamesTheField_data();
    void refusalNamesTheField();
};

void tst_EventType::nameIsTheClassWithoutNamespace()
{
    QCOMPARE(Fanfare::eventTypeName<OrderPlaced>(), u"OrderPlaced"_s);
}

void tst_EventType::descriptionTellsTypesLimitsAndDefaults()
{
    const QCborMap event = Fanfare::describeEvent<OrderPlaced>();

    QCOMPARE(event.value(u"name"_s).toString(), u"OrderPlaced"_s);
    QCOMPARE(event.value(u"summary"_s).toString(), u"Somebody bought something"_s);
    QCOMPARE(event.value(u"fields"_s).toArray().size(), 9);

    const QCborMap count = describedField(u"count"_s);
    QCOMPARE(count.value(u"type"_s).toString(), u"int"_s);
    QCOMPARE(count.value(u"summary"_s).toString(), u"How many"_s);
    QCOMPARE(count.value(u"default"_s).toInteger(), 1);
    QCOMPARE(count.value(u"minimum"_s).toDouble(), 1.0);
    QCOMPARE(count.value(u"maximum"_s).toDouble(), 1000.0);
    QVERIFY(describedField(u"price"_s).value(u"minimum"_s).isUndefined());
    QCOMPARE(describedField(u"customer"_s).value(u"type"_s).toString(), u"int"_s);
    QCOMPARE(describedField(u"price"_s).value(u"type"_s).toString(), u"double"_s);
    QCOMPARE(describedField(u"isGift"_s).value(u"type"_s).toString(), u"bool"_s);
    QCOMPARE(describedField(u"note"_s).value(u"type"_s).toString(), u"text"_s);
    QCOMPARE(describedField(u"receipt"_s).value(u"type"_s).toString(), u"path"_s);
    QCOMPARE(describedField(u"tags"_s).value(u"type"_s).toString(), u"list"_s);
}

void tst_EventType::fieldsSurviveTheRoundTrip()
{
    OrderPlaced order;
    order.count = 3;
    order.customer = 5'000'000'000;
    order.color = 0xffffffff;
    order.price = -0.25;
    order.isGift = true;
    order.note = u"grüße\n"_s;
    order.tags = {u"a"_s, u"b"_s};

    const auto copy = Fanfare::fromFields<OrderPlaced>(Fanfare::toFields(order));

    QCOMPARE(Fanfare::toFields(copy), Fanfare::toFields(order));
    QCOMPARE(copy.customer, order.customer);
    QCOMPARE(copy.color, order.color);
    QCOMPARE(copy.tags, order.tags);
}

void tst_EventType::missingFieldsKeepTheirDefaults()
{
    const auto order = Fanfare::fromFields<OrderPlaced>({{u"note"_s, u"only this"_s}});

    QCOMPARE(order.count, 1);
    QCOMPARE(order.price, 9.5);
    QCOMPARE(order.note, u"only this"_s);
}

void tst_EventType::wholeNumbersMayBeWrittenAsDoubles()
{
    QCOMPARE(Fanfare::fromFields<OrderPlaced>({{u"count"_s, 12.0}}).count, 12);
    QCOMPARE(Fanfare::fromFields<OrderPlaced>({{u"price"_s, 12}}).price, 12.0);
}

void tst_EventType::refusalNamesTheField_data()
{
    QTest::addColumn<QCborMap>("fields");
    QTest::addColumn<QString>("sentence");
    const auto wrongType = [](const QString &field, const QString &type) {
        return u"The field \"%1\" of OrderPlaced must be of type %2"_s.arg(field, type);
    };

    QTest::newRow("unknown") << QCborMap{{u"colour"_s, 1}}
                             << u"OrderPlaced has no field \"colour\""_s;
    QTest::newRow("no name") << QCborMap{{1, 1}} << u"OrderPlaced has no field \"\""_s;
    QTest::newRow("text as int") << QCborMap{{u"count"_s, u"5"_s}}
                                 << wrongType(u"count"_s, u"int"_s);
    QTest::newRow("fraction as int")
        << QCborMap{{u"count"_s, 1.7}} << wrongType(u"count"_s, u"int"_s);
    QTest::newRow("null") << QCborMap{{u"count"_s, nullptr}} << wrongType(u"count"_s, u"int"_s);
    QTest::newRow("too large for 32 bits")
        << QCborMap{{u"color"_s, qint64(5'000'000'000)}}
        << u"The field \"color\" of OrderPlaced must be at most 4294967295"_s;
    QTest::newRow("too large for 64 bits")
        << QCborMap{{u"customer"_s, 1e300}} << wrongType(u"customer"_s, u"int"_s);
    QTest::newRow("negative") << QCborMap{{u"serial"_s, -1}}
                              << u"The field \"serial\" of OrderPlaced must be at least 0"_s;
    QTest::newRow("text as bool") << QCborMap{{u"isGift"_s, u"maybe"_s}}
                                  << wrongType(u"isGift"_s, u"bool"_s);
    QTest::newRow("number as text") << QCborMap{{u"note"_s, 5}} << wrongType(u"note"_s, u"text"_s);
    QTest::newRow("list as path") << QCborMap{{u"receipt"_s, QCborArray{1}}}
                                  << wrongType(u"receipt"_s, u"path"_s);
    QTest::newRow("map as list") << QCborMap{{u"tags"_s, QCborMap{{1, 2}}}}
                                 << wrongType(u"tags"_s, u"list"_s);
    QTest::newRow("below the minimum")
        << QCborMap{{u"count"_s, 0}} << u"The field \"count\" of OrderPlaced must be at least 1"_s;
    QTest::newRow("above the maximum")
        << QCborMap{{u"count"_s, qint64(5'000'000'000)}}
        << u"The field \"count\" of OrderPlaced must be at most 1000"_s;
}

void tst_EventType::refusalNamesTheField()
{
    QFETCH(QCborMap, fields);
    QFETCH(QString, sentence);

    QCOMPARE(refusal(fields), sentence);
}

QTEST_GUILESS_MAIN(tst_EventType)
#include "tst_eventtype.moc"
