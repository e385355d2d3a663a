// SPDX-License-Identifier: MIT
#include "desktop/panes/logruleeditor.h"

#include "desktop/panes/logrulerow.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_LogRuleEditor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheRulesThereAre();
    void offersARowToBeginWith();
    void tellsWhatIsTypedAtOnce();
    void saysWhatIsWrongWithAnExpression();
    void addsRemovesAndReorders();
    void tabGoesThroughAllInputs();
    void enterInATextKeepsTheEditorOpen();
};

static QList<LogRuleRow *> rowsOf(const LogRuleEditor &editor)
{
    QList<LogRuleRow *> rows = editor.findChildren<LogRuleRow *>();
    rows.removeIf([](const LogRuleRow *row) { return row->isHidden(); });
    return rows;
}

static QLineEdit *textOf(const LogRuleRow &row)
{
    return qobject_cast<QLineEdit *>(row.inputs()[1]);
}

/// The label below the rules; empty when nothing is wrong.
static QString problemOf(const LogRuleEditor &editor)
{
    for (const QLabel *label : editor.findChildren<QLabel *>()) {
        if (!label->isHidden() && label->text().startsWith(u"Rule "_s))
            return label->text();
    }
    return {};
}

static const LogRule slow{u"slow"_s, LogLevel::Warning, u"resize"_s, Tint::Orange};
static const LogRule fast{u"fast"_s, {}, {}, Tint::Green};

void tst_LogRuleEditor::showsTheRulesThereAre()
{
    auto editor = std::make_unique<LogRuleEditor>(QList{slow, fast});

    QCOMPARE(editor->rules(), (QList{slow, fast}));
    QVERIFY(!editor->isModal());
}

void tst_LogRuleEditor::offersARowToBeginWith()
{
    auto editor = std::make_unique<LogRuleEditor>(QList<LogRule>());

    QCOMPARE(rowsOf(*editor).size(), 1);
    QVERIFY(editor->rules().isEmpty()); // it asks for nothing yet
}

void tst_LogRuleEditor::tellsWhatIsTypedAtOnce()
{
    auto editor = std::make_unique<LogRuleEditor>(QList{fast});
    QSignalSpy changed(editor.get(), &LogRuleEditor::changed);

    textOf(*rowsOf(*editor)[0])->setText(u"quick"_s);

    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed[0][0].value<QList<LogRule>>(),
             (QList<LogRule>{{u"quick"_s, {}, {}, Tint::Green}}));
}

void tst_LogRuleEditor::saysWhatIsWrongWithAnExpression()
{
    auto editor = std::make_unique<LogRuleEditor>(QList{fast, slow});
    QVERIFY(problemOf(*editor).isEmpty());

    textOf(*rowsOf(*editor)[1])->setText(u"/slow(/"_s);
    QVERIFY2(problemOf(*editor).startsWith(u"Rule 2: The expression is wrong at character"_s),
             qPrintable(problemOf(*editor)));

    textOf(*rowsOf(*editor)[1])->setText(u"/slow()/"_s);
    QVERIFY(problemOf(*editor).isEmpty());
}

void tst_LogRuleEditor::addsRemovesAndReorders()
{
    auto editor = std::make_unique<LogRuleEditor>(QList{slow, fast});
    const auto press = [](const LogRuleRow &row, int input) {
        qobject_cast<QToolButton *>(row.inputs()[input])->click();
    };

    press(*rowsOf(*editor)[1], 4); // up
    QCOMPARE(editor->rules(), (QList{fast, slow}));

    for (QPushButton *button : editor->findChildren<QPushButton *>()) {
        if (button->text() == u"Add a rule"_s)
            button->click();
    }
    QCOMPARE(rowsOf(*editor).size(), 3);
    QCOMPARE(editor->rules(), (QList{fast, slow})); // the new one is empty

    press(*rowsOf(*editor)[1], 5); // it shows "fast", which has gone up
    QCOMPARE(editor->rules(), QList{slow});
}

void tst_LogRuleEditor::tabGoesThroughAllInputs()
{
    auto editor = std::make_unique<LogRuleEditor>(QList{slow, fast});
    const LogRuleRow *second = rowsOf(*editor)[1];
    qobject_cast<QToolButton *>(second->inputs()[4])->click(); // now it is the first
    editor->show();
    editor->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(editor.get()));
    second->inputs()[1]->setFocus();

    QStringList names;
    for (int i = 0; i < 8; ++i) {
        QTest::keyClick(editor->focusWidget(), Qt::Key_Tab);
        names.append(editor->focusWidget()->accessibleName());
    }

    QCOMPARE(names,
             (QStringList{u"Level of rule 1"_s, u"Emission, handler or worker of rule 1"_s,
                          u"Remove rule 1"_s, u"Color of rule 2"_s, u"Text of rule 2"_s,
                          u"Level of rule 2"_s, u"Emission, handler or worker of rule 2"_s,
                          u"Move rule 2 further up"_s}));
}

void tst_LogRuleEditor::enterInATextKeepsTheEditorOpen()
{
    LogRuleEditor editor({slow});
    editor.setAttribute(Qt::WA_DeleteOnClose, false);
    editor.show();
    QVERIFY(QTest::qWaitForWindowActive(&editor));

    QTest::keyClick(textOf(*rowsOf(editor).first()), Qt::Key_Return);

    QVERIFY(editor.isVisible());
    QCOMPARE(editor.rules(), QList{slow});
}

QTEST_MAIN(tst_LogRuleEditor)
#include "tst_logruleeditor.moc"
