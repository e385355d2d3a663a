// SPDX-License-Identifier: MIT
#include "everythingfact.h"

#include <fanfare/plugins/fieldcheck.h>

#include <support/randomvalues.h>

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Fanfare;
using namespace Fanfare::Test;

using Kind = FieldProblem::Kind;

class tst_FieldCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsWhateverAProgramEmits();
    void agreesWithTheHandler_data();
    void agreesWithTheHandler();
    void makesValuesFit();
    void saysWhatIsThereInstead();
};

/// What a program sends must also be accepted when somebody types it.
void tst_FieldCheck::acceptsWhateverAProgramEmits()
{
    const EventFact event = everythingFact();
    RandomValues random(3);
    int refused = 0;
    for (int i = 0; i < 1000; ++i) {
        QCborMap fields = toFields(random.everything());
        const QByteArray sent = fields.toCborValue().toCbor();

        const auto problem = fitFields(event.fields, fields);

        refused += problem || fields.toCborValue().toCbor() != sent;
    }
    QCOMPARE(refused, 0);
}

void tst_FieldCheck::agreesWithTheHandler_data()
{
    QTest::addColumn<QCborMap>("fields");
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("kind");
    const auto row = [](const char *name, const QString &field, const QCborValue &value,
                        const QString &path, Kind kind) {
        QTest::newRow(name) << QCborMap{{field, value}} << path << int(kind);
    };
    const QCborMap cheap{{u"price"_s, -0.5}};

    row("limit in an item", u"lines"_s, QCborArray{QCborMap(), cheap}, u"lines[1].price"_s,
        Kind::TooSmall);
    row("limit in an object", u"first"_s, cheap, u"first.price"_s, Kind::TooSmall);
    row("above", u"percent"_s, 101, u"percent"_s, Kind::TooLarge);
    row("above the width", u"u16"_s, 65'536, u"u16"_s, Kind::TooLarge);
    row("item of a wrong type", u"scores"_s, QCborArray{1, true}, u"scores[1]"_s, Kind::WrongType);
    row("item above", u"scores"_s, QCborArray{11}, u"scores[0]"_s, Kind::TooLarge);
    row("no list", u"tags"_s, u"x"_s, u"tags"_s, Kind::WrongType);
    row("no object", u"first"_s, 1, u"first"_s, Kind::WrongType);
    row("no value", u"urgency"_s, u"Soon"_s, u"urgency"_s, Kind::NotAmongValues);
    row("no text", u"urgency"_s, true, u"urgency"_s, Kind::WrongType);
    row("no flag", u"styles"_s, QCborArray{u"Wide"_s}, u"styles"_s, Kind::NotAmongValues);
    row("unknown", u"titel"_s, 1, u"titel"_s, Kind::UnknownField);
    row("unknown inside", u"first"_s, QCborMap{{u"cost"_s, 1}}, u"first.cost"_s,
        Kind::UnknownField);
    row("no date", u"day"_s, u"2026-13-01"_s, u"day"_s, Kind::WrongType);
    row("no moment", u"due"_s, u"2026-12-24"_s, u"due"_s, Kind::WrongType);
    row("no UUID", u"id"_s, u"x"_s, u"id"_s, Kind::WrongType);
    row("no bytes", u"payload"_s, u"?"_s, u"payload"_s, Kind::WrongType);
    row("huge in 64 signed bits", u"i64"_s, u"9223372036854775808"_s, u"i64"_s, Kind::WrongType);
    row("double above 64 bits", u"u64"_s, 0x1p64, u"u64"_s, Kind::WrongType);
}

static bool isRefusedByHandlers(const QCborMap &fields)
{
    try {
        fromFields<Everything>(fields);
    } catch (const std::invalid_argument &) {
        return true;
    }
    return false;
}

void tst_FieldCheck::agreesWithTheHandler()
{
    QFETCH(QCborMap, fields);
    QFETCH(const QString, path);
    QFETCH(const int, kind);

    QVERIFY(isRefusedByHandlers(fields));
    const auto problem = fitFields(everythingFact().fields, fields);

    QVERIFY(problem);
    QCOMPARE(problem->path, path);
    QCOMPARE(int(problem->kind), kind);
}

void tst_FieldCheck::makesValuesFit()
{
    QCborMap fields{{u"percent"_s, 5.0},
                    {u"ratio"_s, 2},
                    {u"scores"_s, QCborArray{1.0}},
                    {u"first"_s, QCborMap{{u"pieces"_s, 3.0}}}};

    QVERIFY(!fitFields(everythingFact().fields, fields));

    QVERIFY(fields.value(u"percent"_s).isInteger());
    QVERIFY(fields.value(u"ratio"_s).isDouble());
    QVERIFY(fields.value(u"scores"_s).toArray().at(0).isInteger());
    QVERIFY(fields.value(u"first"_s).toMap().value(u"pieces"_s).isInteger());
}

void tst_FieldCheck::saysWhatIsThereInstead()
{
    QCborMap fields{{u"first"_s, QCborMap{{u"cost"_s, 1}}}};

    const auto problem = fitFields(everythingFact().fields, fields);

    QVERIFY(problem);
    QCOMPARE(problem->known.size(), 3);
    QCOMPARE(fieldTypeText(fieldOf(everythingFact().fields, u"tags"_s)), u"list of text"_s);
}

QTEST_GUILESS_MAIN(tst_FieldCheck)
#include "tst_fieldcheck.moc"
