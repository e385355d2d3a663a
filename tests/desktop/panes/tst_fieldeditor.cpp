// SPDX-License-Identifier: MIT
#include "desktop/panes/fieldeditor.h"

#include "desktop/panes/numberbox.h"

#include <fanfare/plugins/plugindescription.h>
#include <fanfare/sdk/eventtype.h>

#include <support/everything.h>
#include <support/randomvalues.h>

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <cmath>

using namespace Fanfare;
using namespace Qt::StringLiterals;

/// The field \a name of Everything.
static FieldFact everythingField(const QString &name)
{
    const auto description = readDescription({describeEvent<Everything>()}, {});
    return *std::ranges::find(description->events.first().fields, name, &FieldFact::name);
}

/// What travels; one NaN is as good as another.
static QByteArray bytes(const QCborValue &value)
{
    const bool isNaN = value.isDouble() && std::isnan(value.toDouble());
    return isNaN ? QByteArray("NaN") : value.toCbor();
}

static FieldFact field(const QString &type, const QCborValue &defaultValue = {})
{
    return {u"it"_s, type, u"What it is"_s, defaultValue, {}, {}};
}

class tst_FieldEditor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsWithTheDefault_data();
    void startsWithTheDefault();
    void keepsNumbersWithinTheirLimits();
    void aPathHasABrowseButton();
    void anEmptyPathIsRefused();
    void jsonIsCheckedWhileTyping();
    void inputsHaveAccessibleNames();
    void showsTheDefaultOfEveryType_data();
    void showsTheDefaultOfEveryType();
    void holdsWhateverAProgramEmits();
    void numbersAreExact_data();
    void numbersAreExact();
    void numbersStepWithinTheirLimits();
    void aNumberOutsideIsNamed();
    void rowsComeAndGo();
    void aMistakeInARowNamesItsPath();
    void aDateMayBeMissing();
    void aDateKeepsItsZone_data();
    void aDateKeepsItsZone();
    void opaqueFieldsAreNotSent();
};

void tst_FieldEditor::startsWithTheDefault_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QCborValue>("value");

    QTest::newRow("text") << u"text"_s << QCborValue(u"throw"_s);
    QTest::newRow("int") << u"int"_s << QCborValue(42);
    QTest::newRow("large int") << u"int"_s << QCborValue(qint64(9'007'199'254'740'991));
    QTest::newRow("double") << u"double"_s << QCborValue(0.25);
    QTest::newRow("bool") << u"bool"_s << QCborValue(true);
    QTest::newRow("path") << u"path"_s << QCborValue(u"/etc/hosts"_s);
    QTest::newRow("json") << u"json"_s << QCborValue(QCborArray{1, 2});
}

void tst_FieldEditor::startsWithTheDefault()
{
    QFETCH(const QString, type);
    QFETCH(const QCborValue, value);

    const FieldEditor editor(field(type, value));

    const auto result = editor.value();
    QVERIFY(result);
    QCOMPARE(*result, value);
}

void tst_FieldEditor::keepsNumbersWithinTheirLimits()
{
    FieldFact fact = field(u"int"_s, 5);
    fact.minimum = 0.0;
    fact.maximum = 10.0;
    FieldEditor editor(fact);

    editor.setValue(99);

    QCOMPARE(*editor.value(), QCborValue(10));
}

void tst_FieldEditor::aPathHasABrowseButton()
{
    const FieldEditor editor(field(u"path"_s));

    QVERIFY(editor.findChild<QToolButton *>());
}

void tst_FieldEditor::anEmptyPathIsRefused()
{
    const FieldEditor editor(field(u"path"_s, QString()));

    const auto value = editor.value();

    QVERIFY(!value);
    QVERIFY(value.error().message.contains(u"choose a file"_s));
}

void tst_FieldEditor::jsonIsCheckedWhileTyping()
{
    FieldEditor editor(field(u"json"_s));
    QSignalSpy changed(&editor, &FieldEditor::changed);

    editor.findChild<QLineEdit *>()->setText(u"{"_s);

    QCOMPARE(changed.count(), 1);
    QVERIFY(!editor.value());
}

void tst_FieldEditor::inputsHaveAccessibleNames()
{
    for (const auto &type : {u"text"_s, u"int"_s, u"bool"_s, u"path"_s}) {
        const FieldEditor editor(field(type));
        QCOMPARE(editor.focusProxy()->accessibleName(), u"it"_s);
    }
}

void tst_FieldEditor::showsTheDefaultOfEveryType_data()
{
    QTest::addColumn<FieldFact>("fact");

    const auto description = readDescription({describeEvent<Everything>()}, {});
    for (const FieldFact &fact : description->events.first().fields)
        QTest::newRow(qPrintable(fact.name)) << fact;
}

void tst_FieldEditor::showsTheDefaultOfEveryType()
{
    QFETCH(const FieldFact, fact);

    const FieldEditor editor(fact);

    const auto value = editor.value();
    QVERIFY2(value, value ? "" : qPrintable(value.error().message));
    const bool isBytes = fact.type == "bytes"_L1;
    QCOMPARE(bytes(*value), bytes(isBytes ? QCborValue(u"AP8="_s) : fact.defaultValue));
}

/// Texts and URLs of every kind, numbers of every size, lists of every length.
void tst_FieldEditor::holdsWhateverAProgramEmits()
{
    const auto description = readDescription({describeEvent<Everything>()}, {});
    RandomValues random(11);
    for (int round = 0; round < 20; ++round) {
        Everything event = random.everything();
        event.title = event.receipt = random.plainText();
        event.lines.clear(); // their texts are no plain ones
        event.first.article = random.plainText();
        event.tags = {random.plainText(), random.plainText()};
        event.note = QCborArray{1, u"two"_s, nullptr};
        event.due = QDateTime::fromMSecsSinceEpoch(random.below(4'000'000'000'000), Qt::UTC);
        event.day = event.due.date();
        event.at = event.due.time();
        const QCborMap sent = toFields(event);
        for (const FieldFact &fact : description->events.first().fields) {
            if (fact.type == "bytes"_L1)
                continue;
            FieldEditor editor(fact);

            editor.setValue(sent.value(fact.name));

            const auto value = editor.value();
            QVERIFY2(value, value ? "" : qPrintable(value.error().message));
            QVERIFY2(bytes(*value) == bytes(sent.value(fact.name)), qPrintable(fact.name));
        }
    }
}

void tst_FieldEditor::numbersAreExact_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QCborValue>("value");

    QTest::newRow("2^53 + 1") << u"i64"_s << QCborValue(qint64(9'007'199'254'740'993));
    QTest::newRow("least") << u"i64"_s << QCborValue(std::numeric_limits<qint64>::min());
    QTest::newRow("huge") << u"u64"_s << QCborValue(u"18446744073709551615"_s);
    QTest::newRow("tiny") << u"ratio"_s << QCborValue(1e-300);
    QTest::newRow("third") << u"ratio"_s << QCborValue(1.0 / 3);
    QTest::newRow("negative zero") << u"ratio"_s << QCborValue(-0.0);
    QTest::newRow("infinity") << u"ratio"_s << QCborValue(std::numeric_limits<double>::infinity());
    QTest::newRow("NaN") << u"ratio"_s << QCborValue(std::numeric_limits<double>::quiet_NaN());
}

void tst_FieldEditor::numbersAreExact()
{
    QFETCH(const QString, type);
    QFETCH(const QCborValue, value);
    FieldEditor editor(everythingField(type));

    editor.setValue(value);

    QCOMPARE(bytes(*editor.value()), bytes(value));
}

void tst_FieldEditor::numbersStepWithinTheirLimits()
{
    FieldEditor percent(everythingField(u"percent"_s));
    const auto box = percent.findChild<NumberBox *>();
    FieldEditor ratio(field(u"double"_s, 0.1));

    box->stepBy(3);
    const QCborValue stepped = *percent.value();
    box->stepBy(100);
    ratio.findChild<NumberBox *>()->stepBy(2);

    QCOMPARE(stepped, QCborValue(40));
    QCOMPARE(*percent.value(), QCborValue(100));
    QCOMPARE(*ratio.value(), QCborValue(0.3));
}

void tst_FieldEditor::aNumberOutsideIsNamed()
{
    FieldEditor editor(everythingField(u"percent"_s));
    QSignalSpy changed(&editor, &FieldEditor::changed);

    editor.findChild<QLineEdit *>()->setText(u"101"_s);

    QCOMPARE(changed.count(), 1);
    QCOMPARE(editor.value().error().message, u"The field “percent” must be at most 100."_s);
    editor.findChild<QLineEdit *>()->setText(u"-"_s);
    QCOMPARE(editor.value().error().message, u"The field “percent”: write a whole number."_s);
}

/// The buttons of \a editor: those that remove a row, and the last, which adds one.
static QList<QToolButton *> buttons(const FieldEditor &editor)
{
    QList<QToolButton *> found = editor.findChildren<QToolButton *>();
    std::ranges::stable_partition(found, [](const QToolButton *b) { return b->text().isEmpty(); });
    return found;
}

void tst_FieldEditor::rowsComeAndGo()
{
    FieldEditor editor(everythingField(u"scores"_s)); // 3 and -1
    QSignalSpy changed(&editor, &FieldEditor::changed);

    buttons(editor).last()->click();
    const QCborValue added = *editor.value();
    buttons(editor).first()->click();

    QCOMPARE(added, QCborValue(QCborArray{3, -1, 0}));
    QCOMPARE(*editor.value(), QCborValue(QCborArray{-1, 0}));
    QVERIFY(changed.count() >= 2);
}

void tst_FieldEditor::aMistakeInARowNamesItsPath()
{
    FieldEditor editor(everythingField(u"lines"_s));

    editor.findChildren<NumberBox *>().at(2)->findChild<QLineEdit *>()->setText(u"-1"_s);

    QVERIFY(!editor.value());
    QCOMPARE(editor.value().error().message, u"The field “lines[1].price” must be at least 0."_s);
}

void tst_FieldEditor::aDateMayBeMissing()
{
    FieldEditor editor(field(u"date"_s, nullptr));
    const QCborValue before = *editor.value();

    editor.findChild<QCheckBox *>()->setChecked(true);
    editor.findChild<QDateTimeEdit *>()->setDate(QDate(2026, 11, 25));

    QVERIFY(before.isNull());
    QCOMPARE(*editor.value(), QCborValue(u"2026-11-25"_s));
}

void tst_FieldEditor::aDateKeepsItsZone_data()
{
    QTest::addColumn<QString>("text");

    QTest::newRow("UTC") << u"2026-11-25T20:33:42.123Z"_s;
    QTest::newRow("offset") << u"2026-11-25T20:33:42.000-03:30"_s;
    QTest::newRow("zone") << u"2026-07-25T20:33:42.000+02:00[Europe/Berlin]"_s;
    QTest::newRow("local") << dateTimeText(QDateTime({2026, 7, 25}, {20, 33}, Qt::LocalTime));
    QTest::newRow("first 02:30") << u"2026-10-25T02:30:00.000+02:00[Europe/Berlin]"_s;
    QTest::newRow("second 02:30") << u"2026-10-25T02:30:00.000+01:00[Europe/Berlin]"_s;
    QTest::newRow("no page in a calendar") << u"-0044-03-15T12:00:00.000Z"_s;
}

void tst_FieldEditor::aDateKeepsItsZone()
{
    QFETCH(const QString, text);

    const FieldEditor editor(field(u"date-time"_s, text));

    QCOMPARE(*editor.value(), QCborValue(text));
}

void tst_FieldEditor::opaqueFieldsAreNotSent()
{
    const FieldEditor editor(field(u"opaque"_s));

    QVERIFY(editor.value());
    QVERIFY(editor.value()->isUndefined());
}

QTEST_MAIN(tst_FieldEditor)
#include "tst_fieldeditor.moc"
