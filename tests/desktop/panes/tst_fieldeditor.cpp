// SPDX-License-Identifier: MIT
#include "desktop/panes/fieldeditor.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Fanfare;
using namespace Qt::StringLiterals;

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

QTEST_MAIN(tst_FieldEditor)
#include "tst_fieldeditor.moc"
