// SPDX-License-Identifier: MIT
#include "desktop/panes/ruleeditor.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_RuleEditor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_editor.reset(); }
    void isHiddenWithoutASubject();
    void isFoldedUpAtFirst();
    void showsWhatHoldsAndWhoSaidSo();
    void saysNothingWhileItIsFilled();
    void tellsWhatTheUserDecides();
    void limitsMemoryAndLetsAHandlerBlock();
    void aCoroutineIsNeverBlocking();
    void resetsOneValue();
    void resetsAllValues();
    void offersToLiftAQuarantine();
    void anEventHasTwoRules();

private:
    template <typename Widget>
    Widget *named(const QString &name) const;
    QString texts() const;
    std::unique_ptr<RuleEditor> m_editor;
};

static RuleSubject subject()
{
    PolicyPart stated;
    stated.deadlineMs = 50;
    PolicyPart decided;
    decided.concurrency = 2;
    return {{PolicyTarget::Kind::Handler, u"org.x/parse"_s},
            u"parse"_s,
            resolvePolicy(stated, {}, decided),
            decided,
            {}};
}

void tst_RuleEditor::init()
{
    m_editor = std::make_unique<RuleEditor>();
    m_editor->setSubject(subject());
    m_editor->setUnfolded(true);
    m_editor->show();
}

template <typename Widget>
Widget *tst_RuleEditor::named(const QString &name) const
{
    for (Widget *widget : m_editor->findChildren<Widget *>()) {
        if (widget->accessibleName() == name)
            return widget;
    }
    qFatal("there is no %s", qPrintable(name));
}

/// Of all labels that are shown.
QString tst_RuleEditor::texts() const
{
    QStringList texts;
    for (const QLabel *label : m_editor->findChildren<QLabel *>()) {
        if (label->isVisible())
            texts.append(label->text());
    }
    return texts.join(u'|');
}

static PolicyPart partIn(const QSignalSpy &decided)
{
    return decided.last().at(1).value<PolicyPart>();
}

static QPushButton *button(const RuleEditor &editor, const QString &text)
{
    for (QPushButton *candidate : editor.findChildren<QPushButton *>()) {
        if (candidate->text() == text)
            return candidate;
    }
    qFatal("there is no button %s", qPrintable(text));
}

void tst_RuleEditor::isHiddenWithoutASubject()
{
    m_editor->setSubject({});

    QVERIFY(!m_editor->isVisible());
}

void tst_RuleEditor::isFoldedUpAtFirst()
{
    RuleEditor fresh;
    fresh.setSubject(subject());
    fresh.show();

    for (const QLabel *label : fresh.findChildren<QLabel *>())
        QVERIFY(!label->isVisible());
}

void tst_RuleEditor::showsWhatHoldsAndWhoSaidSo()
{
    QCOMPARE(named<QSpinBox>(u"Deadline"_s)->value(), 50);
    QCOMPARE(named<QSpinBox>(u"At once"_s)->value(), 2);
    QVERIFY(named<QCheckBox>(u"Enabled"_s)->isChecked());
    QCOMPARE(named<QComboBox>(u"Runs on"_s)->currentIndex(), int(Isolation::Any));

    QCOMPARE(texts(),
             u"Enabled|default|Runs on|default|Deadline|metadata|At once|set here|Idempotent|"
             "default|Blocking|default|Memory|default"_s);
}

void tst_RuleEditor::saysNothingWhileItIsFilled()
{
    const QSignalSpy decided(m_editor.get(), &RuleEditor::decided);
    RuleSubject other = subject();
    other.policy.deadlineMs.value = 900;
    other.policy.isEnabled.value = false;

    m_editor->setSubject(other);

    QCOMPARE(decided.count(), 0);
}

void tst_RuleEditor::tellsWhatTheUserDecides()
{
    const QSignalSpy decided(m_editor.get(), &RuleEditor::decided);

    named<QCheckBox>(u"Enabled"_s)->click();
    QCOMPARE(partIn(decided).isEnabled, std::optional(false));
    QCOMPARE(partIn(decided).concurrency, std::optional(2)); // what was decided before stays
    named<QSpinBox>(u"Deadline"_s)->setValue(700);
    QCOMPARE(partIn(decided).deadlineMs, std::optional<qint64>(700));
    QComboBox *const places = named<QComboBox>(u"Runs on"_s);
    Q_EMIT places->activated(1);
    QCOMPARE(partIn(decided).isolation, std::optional(Isolation::Process));

    QCOMPARE(decided.last().first().value<PolicyTarget>().name, u"org.x/parse"_s);
}

void tst_RuleEditor::limitsMemoryAndLetsAHandlerBlock()
{
    RuleSubject limited = subject();
    limited.policy.maxMemoryMb = {256, PolicySource::Plugin};
    m_editor->setSubject(limited);
    QSignalSpy decided(m_editor.get(), &RuleEditor::decided);

    const int shown = named<QSpinBox>(u"Memory"_s)->value();
    named<QSpinBox>(u"Memory"_s)->setValue(512);
    named<QCheckBox>(u"Blocking"_s)->click();

    QCOMPARE(shown, 256);
    QVERIFY(texts().contains(u"Memory|metadata"_s));
    QCOMPARE(decided.count(), 2);
    QCOMPARE(decided[0][1].value<PolicyPart>().maxMemoryMb, std::optional<qint64>(512));
    QCOMPARE(decided[1][1].value<PolicyPart>().isBlocking, std::optional(true));
}

void tst_RuleEditor::aCoroutineIsNeverBlocking()
{
    RuleSubject coroutine = subject();
    coroutine.isAsync = true;

    m_editor->setSubject(coroutine);

    QVERIFY(!texts().contains(u"Blocking"_s));
    QVERIFY(texts().contains(u"Memory"_s));
}

void tst_RuleEditor::resetsOneValue()
{
    const QSignalSpy decided(m_editor.get(), &RuleEditor::decided);

    QVERIFY(!named<QToolButton>(u"Reset Deadline"_s)->isVisible());
    named<QToolButton>(u"Reset At once"_s)->click();

    QVERIFY(partIn(decided).isEmpty());
}

void tst_RuleEditor::resetsAllValues()
{
    const QSignalSpy decided(m_editor.get(), &RuleEditor::decided);
    RuleSubject changed = subject();
    changed.decided.isEnabled = false;
    m_editor->setSubject(changed);

    button(*m_editor, u"Reset all"_s)->click();

    QVERIFY(partIn(decided).isEmpty());
    changed.decided = {};
    m_editor->setSubject(changed);
    QVERIFY(!button(*m_editor, u"Reset all"_s)->isVisible());
}

void tst_RuleEditor::offersToLiftAQuarantine()
{
    const QSignalSpy lifted(m_editor.get(), &RuleEditor::liftWanted);
    RuleSubject crashed = subject();
    crashed.crash = CrashRecord{QByteArray(32, 'x'), u"org.x"_s, u"parse"_s, 2, {}, u"SIGSEGV."_s};
    m_editor->setSubject(crashed);
    QVERIFY2(texts().contains(u"Crashes in a row: 2. At 3"_s), qPrintable(texts()));
    QVERIFY(!button(*m_editor, u"Let it run again"_s)->isVisible());

    crashed.crash->crashes = 3;
    m_editor->setSubject(crashed);
    QVERIFY2(texts().contains(u"Quarantined: it crashed 3 times"_s), qPrintable(texts()));
    button(*m_editor, u"Let it run again"_s)->click();

    QCOMPARE(lifted.count(), 1);
    QCOMPARE(lifted.first().last().toString(), u"parse"_s);
}

void tst_RuleEditor::anEventHasTwoRules()
{
    EventFact event;
    event.name = u"FileAdded"_s;
    event.deadlineMs = 20;

    m_editor->setSubject(subjectOf(event));

    QCOMPARE(texts(), u"Enabled|as its handlers say|Deadline|set here"_s);
}

QTEST_MAIN(tst_RuleEditor)
#include "tst_ruleeditor.moc"
