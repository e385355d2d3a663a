// SPDX-License-Identifier: MIT
#include <fanfare/sdk/eventtype.h>

#include <support/everything.h>

#include <QPointF>
#include <QTest>

using namespace Qt::StringLiterals;
using Fanfare::fromFields;
using Fanfare::toFields;

struct Tree
{
    Q_GADGET
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QList<Tree> children MEMBER children)
public:
    QString name;
    QList<Tree> children;

    bool operator==(const Tree &other) const { return toFields(*this) == toFields(other); }
};

struct Cell
{
    Q_GADGET
    Q_PROPERTY(QPointF place MEMBER place)
public:
    QPointF place;

    bool operator==(const Cell &other) const = default;
};

/// What cannot leave a process, field by field.
struct Stuck
{
    Q_GADGET
    Q_PROPERTY(QPointF place MEMBER place)
    Q_PROPERTY(QList<QPointF> places MEMBER places)
    Q_PROPERTY(QVariant anything MEMBER anything)
    Q_PROPERTY(QObject *object MEMBER object)
    Q_PROPERTY(Cell cell MEMBER cell)
    Q_PROPERTY(QUrl url MEMBER url)
    Q_PROPERTY(QCborValue json MEMBER json)
    Q_PROPERTY(Everything::Urgency urgency MEMBER urgency)
    Q_PROPERTY(Everything::Styles styles MEMBER styles)
public:
    QPointF place;
    QList<QPointF> places;
    QVariant anything;
    QObject *object = nullptr;
    Cell cell;
    QUrl url;
    QCborValue json;
    Everything::Urgency urgency = Everything::Urgency::Never;
    Everything::Styles styles;
};

/// What is said of the fields of an event: their types, and why a value is none.
class tst_FieldDescription : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void everyTypeHasItsName_data();
    void everyTypeHasItsName();
    void whatIsNestedIsDescribed();
    void refusalsNameThePath_data();
    void refusalsNameThePath();
    void whatPeopleWriteIsUnderstood_data();
    void whatPeopleWriteIsUnderstood();
    void whatCannotTravelIsNamed_data();
    void whatCannotTravelIsNamed();
    void opaqueFieldsAreLeftOut();
};

static QCborMap describedField(const QCborArray &fields, const QString &name)
{
    for (const QCborValue field : fields) {
        if (field.toMap().value(u"name"_s) == name)
            return field.toMap();
    }
    return {};
}

static QCborMap describedField(const QString &name)
{
    return describedField(Fanfare::describeEvent<Everything>().value(u"fields"_s).toArray(), name);
}

void tst_FieldDescription::everyTypeHasItsName_data()
{
    QTest::addColumn<QString>("type");

    QTest::newRow("title") << u"text"_s;
    QTest::newRow("urgency") << u"enum"_s;
    QTest::newRow("styles") << u"flags"_s;
    QTest::newRow("percent") << u"int"_s;
    QTest::newRow("ratio") << u"double"_s;
    QTest::newRow("isGift") << u"bool"_s;
    QTest::newRow("receipt") << u"path"_s;
    QTest::newRow("link") << u"url"_s;
    QTest::newRow("due") << u"date-time"_s;
    QTest::newRow("day") << u"date"_s;
    QTest::newRow("at") << u"time"_s;
    QTest::newRow("id") << u"uuid"_s;
    QTest::newRow("payload") << u"bytes"_s;
    QTest::newRow("first") << u"object"_s;
    QTest::newRow("lines") << u"list"_s;
    QTest::newRow("tags") << u"list"_s;
    QTest::newRow("note") << u"json"_s;
    QTest::newRow("i8") << u"int"_s;
    QTest::newRow("u64") << u"int"_s;
    QTest::newRow("single") << u"double"_s;
}

void tst_FieldDescription::everyTypeHasItsName()
{
    QFETCH(const QString, type);

    QCOMPARE(
        describedField(QString::fromLatin1(QTest::currentDataTag())).value(u"type"_s).toString(),
        type);
}

void tst_FieldDescription::whatIsNestedIsDescribed()
{
    const QCborMap first = describedField(u"first"_s);
    const QCborMap items = describedField(u"lines"_s).value(u"items"_s).toMap();
    const QCborMap scores = describedField(u"scores"_s).value(u"items"_s).toMap();
    const QCborMap price = describedField(items.value(u"fields"_s).toArray(), u"price"_s);
    const QCborArray tree = Fanfare::describeEvent<Tree>().value(u"fields"_s).toArray();

    QCOMPARE(describedField(u"urgency"_s).value(u"values"_s).toArray(),
             (QCborArray{u"Never"_s, u"Sometime"_s, u"Today"_s, u"AtOnce"_s}));
    QCOMPARE(describedField(u"urgency"_s).value(u"default"_s).toString(), u"Today"_s);
    QCOMPARE(describedField(u"percent"_s).value(u"step"_s).toInteger(), 5);
    QCOMPARE(describedField(u"u8"_s).value(u"maximum"_s).toInteger(), 255);
    QVERIFY(describedField(u"u64"_s).value(u"maximum"_s).isUndefined());
    QCOMPARE(first.value(u"fields"_s).toArray().size(), 3);
    QCOMPARE(items.value(u"type"_s).toString(), u"object"_s);
    QCOMPARE(price.value(u"minimum"_s).toInteger(-1), 0);
    QCOMPARE(price.value(u"step"_s).toDouble(), 0.5);
    QCOMPARE(scores.value(u"minimum"_s).toInteger(), -10);
    QCOMPARE(describedField(tree, u"children"_s).value(u"items"_s).toMap().value(u"type"_s),
             QCborValue(u"json"_s));
}

static QString refusal(const QCborMap &fields)
{
    try {
        fromFields<Everything>(fields);
    } catch (const std::invalid_argument &error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

void tst_FieldDescription::refusalsNameThePath_data()
{
    QTest::addColumn<QCborMap>("fields");
    QTest::addColumn<QString>("sentence");
    const auto line = [](const QCborMap &last) {
        return QCborMap{{u"lines"_s, QCborArray{QCborMap(), QCborMap(), last}}};
    };

    QTest::newRow("limit in an item")
        << line({{u"price"_s, -1}})
        << u"The field \"lines[2].price\" of Everything must be at least 0"_s;
    QTest::newRow("unknown name in an item")
        << line({{u"cost"_s, 1}}) << u"Everything has no field \"lines[2].cost\""_s;
    QTest::newRow("type of an item")
        << QCborMap{{u"scores"_s, QCborArray{1, u"2"_s}}}
        << u"The field \"scores[1]\" of Everything must be of type int"_s;
    QTest::newRow("limit of an item")
        << QCborMap{{u"scores"_s, QCborArray{11}}}
        << u"The field \"scores[0]\" of Everything must be at most 10"_s;
    QTest::newRow("no list") << QCborMap{{u"lines"_s, 5}}
                             << u"The field \"lines\" of Everything must be of type list"_s;
    QTest::newRow("no object") << QCborMap{{u"first"_s, QCborArray()}}
                               << u"The field \"first\" of Everything must be of type object"_s;
    QTest::newRow("unknown value") << QCborMap{{u"urgency"_s, u"Soon"_s}}
                                   << u"The field \"urgency\" of Everything must be of type enum"_s;
    QTest::newRow("value without name")
        << QCborMap{{u"urgency"_s, 17}}
        << u"The field \"urgency\" of Everything must be of type enum"_s;
    QTest::newRow("unknown flag") << QCborMap{{u"styles"_s, QCborArray{u"Bold"_s, u"Wide"_s}}}
                                  << u"The field \"styles\" of Everything must be of type flags"_s;
    QTest::newRow("no date") << QCborMap{{u"day"_s, u"2026-02-30"_s}}
                             << u"The field \"day\" of Everything must be of type date"_s;
    QTest::newRow("no time") << QCborMap{{u"at"_s, u"25:00"_s}}
                             << u"The field \"at\" of Everything must be of type time"_s;
    QTest::newRow("unknown zone") << QCborMap{{u"due"_s, u"2026-11-25T20:33:42+01:00[Mars/Base]"_s}}
                                  << u"The field \"due\" of Everything must be of type date-time"_s;
    QTest::newRow("too fine a time") << QCborMap{{u"at"_s, u"20:33:42.0001"_s}}
                                     << u"The field \"at\" of Everything must be of type time"_s;
    QTest::newRow("no URL") << QCborMap{{u"link"_s, u"http://[1"_s}}
                            << u"The field \"link\" of Everything must be of type url"_s;
    QTest::newRow("no UUID") << QCborMap{{u"id"_s, u"1234"_s}}
                             << u"The field \"id\" of Everything must be of type uuid"_s;
    QTest::newRow("no base64") << QCborMap{{u"payload"_s, u"a!"_s}}
                               << u"The field \"payload\" of Everything must be of type bytes"_s;
    QTest::newRow("above 64 bits") << QCborMap{{u"u64"_s, u"18446744073709551616"_s}}
                                   << u"The field \"u64\" of Everything must be of type int"_s;
    QTest::newRow("huge in a signed field")
        << QCborMap{{u"i64"_s, u"9223372036854775808"_s}}
        << u"The field \"i64\" of Everything must be of type int"_s;
    QTest::newRow("huge in a small field")
        << QCborMap{{u"u8"_s, u"9223372036854775808"_s}}
        << u"The field \"u8\" of Everything must be at most 255"_s;
    QTest::newRow("above a float")
        << QCborMap{{u"single"_s, 1e300}}
        << u"The field \"single\" of Everything must be of type double"_s;
}

void tst_FieldDescription::refusalsNameThePath()
{
    QFETCH(const QCborMap, fields);
    QFETCH(const QString, sentence);

    QCOMPARE(refusal(fields), sentence);
}

void tst_FieldDescription::whatPeopleWriteIsUnderstood_data()
{
    QTest::addColumn<QCborMap>("fields");
    QTest::addColumn<QCborValue>("written"); ///< as toFields() has it

    const auto row = [](const char *name, const QString &field, const QCborValue &given,
                        const QCborValue &written) {
        QTest::newRow(name) << QCborMap{{field, given}} << written;
    };
    row("UTC", u"due"_s, u"2026-11-25T20:33:42Z"_s, u"2026-11-25T20:33:42.000Z"_s);
    row("minutes", u"due"_s, u"2026-11-25T20:33+01:00"_s, u"2026-11-25T20:33:00.000+01:00"_s);
    row("zone", u"due"_s, u"2026-07-25T20:33:42.5+02:00[Europe/Berlin]"_s,
        u"2026-07-25T20:33:42.500+02:00[Europe/Berlin]"_s);
    row("no moment", u"due"_s, nullptr, nullptr);
    row("far year", u"day"_s, u"+12026-01-31"_s, u"+12026-01-31"_s);
    row("short time", u"at"_s, u"20:33"_s, u"20:33:00.000"_s);
    row("NaN", u"ratio"_s, u"NaN"_s, std::numeric_limits<double>::quiet_NaN());
    row("infinity", u"ratio"_s, u"-Infinity"_s, -std::numeric_limits<double>::infinity());
    row("base64", u"payload"_s, u"AP8="_s, QByteArrayLiteral("\x00\xff"));
    row("number of a value", u"urgency"_s, 3, u"AtOnce"_s);
    row("braces", u"id"_s, u"{6ba7b810-9dad-11d1-80b4-00c04fd430c8}"_s,
        u"6ba7b810-9dad-11d1-80b4-00c04fd430c8"_s);
    row("tagged URL", u"link"_s, QCborValue(QUrl(u"https://a/"_s)), u"https://a/"_s);
    row("huge", u"u64"_s, u"18446744073709551615"_s, u"18446744073709551615"_s);
}

void tst_FieldDescription::whatPeopleWriteIsUnderstood()
{
    QFETCH(const QCborMap, fields);
    QFETCH(const QCborValue, written);

    const Everything event = fromFields<Everything>(fields);

    const QCborValue again = toFields(event).value(fields.begin().key().toString());
    QCOMPARE(again.toCbor(), written.toCbor());
}

void tst_FieldDescription::whatCannotTravelIsNamed_data()
{
    QTest::addColumn<QString>("why");

    QTest::newRow("place") << u"its type QPointF has no CBOR form"_s;
    QTest::newRow("places") << u"its type QList<QPointF> has no CBOR form"_s;
    QTest::newRow("anything") << u"its type QVariant has no CBOR form"_s;
    QTest::newRow("object") << u"its type QObject* has no CBOR form"_s;
    QTest::newRow("cell.place") << u"its type QPointF has no CBOR form"_s;
    QTest::newRow("url") << u"it is no valid URL"_s;
    QTest::newRow("json") << u"it holds text that is no valid Unicode or begins with U+FEFF"_s;
    QTest::newRow("urgency") << u"17 is none of the values of Urgency"_s;
    QTest::newRow("styles") << u"64 has bits that Style does not name"_s;
}

/// The problem with the fields of \a event from \a name on.
static QString problemFrom(const Stuck &event, const QString &name)
{
    const QMetaObject &meta = Stuck::staticMetaObject;
    const QMetaProperty property =
        meta.property(meta.indexOfProperty(name.section(u'.', 0, 0).toLatin1().constData()));
    Fanfare::Detail::FieldWriter writer(u"Stuck"_s);
    writer.value(Fanfare::Detail::FieldSource::of(meta, property), property.readOnGadget(&event),
                 {nullptr, QString::fromLatin1(property.name())});
    return writer.problem();
}

void tst_FieldDescription::whatCannotTravelIsNamed()
{
    QFETCH(const QString, why);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    Stuck event;
    event.url = QUrl(u"http://[1"_s);
    event.json = QCborArray{QCborMap{{QString(QChar(0xd800)), 1}}};
    event.urgency = Everything::Urgency(17);
    event.styles = Everything::Styles(64);

    const QString problem = problemFrom(event, name);

    QCOMPARE(problem,
             u"The field \"%1\" of Stuck cannot leave this process, because %2; change it, or emit "
             "it on an executor of threads."_s.arg(name, why));
}

void tst_FieldDescription::opaqueFieldsAreLeftOut()
{
    const QCborMap fields = toFields(Stuck());
    const QCborArray described = Fanfare::describeEvent<Stuck>().value(u"fields"_s).toArray();

    QVERIFY(!fields.contains(u"place"_s));
    QVERIFY(fields.contains(u"urgency"_s));
    QCOMPARE(describedField(described, u"place"_s).value(u"type"_s).toString(), u"opaque"_s);
}

QTEST_GUILESS_MAIN(tst_FieldDescription)
#include "tst_fielddescription.moc"
