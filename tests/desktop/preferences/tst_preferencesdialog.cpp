// SPDX-License-Identifier: MIT
#include "desktop/preferences/preferencesdialog.h"

#include "desktop/panes/emptystate.h"
#include "desktop/preferences/preferencerow.h"
#include "desktop/preferences/preferences.h"

#include <fanfare/cluster/brokertransport.h>

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_PreferencesDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_settings.clear(); }
    void showsWhatHolds();
    void anInputChangesThePreference();
    void aChangeElsewhereIsShown();
    void theButtonBringsTheStandardBack();
    void aTextThatCannotBeIsExplainedAndNotTaken();
    void theSearchHidesTheRest();
    void filesTravel();
    void badFilesAreExplained_data();
    void badFilesAreExplained();

private:
    PreferenceRow *row(const QDialog &dialog, const QString &key) const
    {
        for (PreferenceRow *row : dialog.findChildren<PreferenceRow *>()) {
            if (row->preference().key == key)
                return row;
        }
        return nullptr;
    }

    QTemporaryDir m_folder;
    QSettings m_settings{m_folder.filePath(u"s.ini"_s), QSettings::IniFormat};
    Preferences m_preferences{allPreferences(), m_settings};
};

void tst_PreferencesDialog::showsWhatHolds()
{
    QVERIFY(m_preferences.set(u"runs/keepBytes"_s, qint64(3) << 30));
    const PreferencesDialog dialog(m_preferences);

    QCOMPARE(dialog.findChildren<PreferenceRow *>().size(), m_preferences.list().size());
    auto bytes = row(dialog, u"runs/keepBytes"_s)->findChild<QDoubleSpinBox *>();
    QCOMPARE(bytes->text(), u"3 GiB"_s);
    QCOMPARE(bytes->accessibleName(), u"All files together"_s);
    auto days = row(dialog, u"runs/keepDays"_s)->findChild<QDoubleSpinBox *>();
    QCOMPARE(days->text(), u"no limit"_s);
}

void tst_PreferencesDialog::anInputChangesThePreference()
{
    PreferencesDialog dialog(m_preferences);
    dialog.show();

    row(dialog, u"engine/workers"_s)->findChild<QDoubleSpinBox *>()->setValue(9);
    auto theme = row(dialog, u"window/theme"_s)->findChild<QComboBox *>();
    theme->setFocus();
    QTest::keyClick(theme, Qt::Key_Down);

    QCOMPARE(m_preferences.value(u"engine/workers"_s).toInt(), 9);
    QCOMPARE(m_preferences.value(u"window/theme"_s).toString(), u"light"_s);
}

void tst_PreferencesDialog::aChangeElsewhereIsShown()
{
    const PreferencesDialog dialog(m_preferences);

    QVERIFY(m_preferences.set(u"engine/executor"_s, u"processes"_s));

    auto executor = row(dialog, u"engine/executor"_s)->findChild<QComboBox *>();
    QCOMPARE(executor->currentText(), u"Processes"_s);
}

void tst_PreferencesDialog::theButtonBringsTheStandardBack()
{
    QVERIFY(m_preferences.set(u"engine/workers"_s, 4));
    const PreferencesDialog dialog(m_preferences);
    auto button = row(dialog, u"engine/workers"_s)->findChild<QToolButton *>();
    QVERIFY(button->isEnabled());

    button->click();

    QVERIFY(m_preferences.isStandard(u"engine/workers"_s));
    QVERIFY(!button->isEnabled());
    QCOMPARE(row(dialog, u"engine/workers"_s)->findChild<QDoubleSpinBox *>()->text(),
             u"one per core"_s);
}

void tst_PreferencesDialog::aTextThatCannotBeIsExplainedAndNotTaken()
{
    if (!hasBrokerTransport())
        QSKIP("This build has no way to a broker.");
    PreferencesDialog dialog(m_preferences);
    dialog.show();
    dialog.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    QWidget *broker = row(dialog, u"cluster/broker"_s);
    auto input = broker->findChild<QLineEdit *>();
    const auto says = [&](const QString &words) {
        const QList<QLabel *> labels = broker->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
            return label->isVisible() && label->text().contains(words);
        });
    };

    input->setFocus();
    QTest::keyClicks(input, u"amqp://me:secret@here/x"_s);
    QTest::keyClick(input, Qt::Key_Tab);

    QVERIFY(says(u"password"_s));
    QVERIFY(!says(u"secret"_s));
    QVERIFY(m_preferences.isStandard(u"cluster/broker"_s));

    input->setFocus();
    input->selectAll();
    QTest::keyClicks(input, u"amqps://me@here/x "_s);
    QTest::keyClick(input, Qt::Key_Tab);

    QCOMPARE(m_preferences.value(u"cluster/broker"_s).toString(), u"amqps://me@here/x"_s);
    QCOMPARE(input->text(), u"amqps://me@here/x"_s);
    QVERIFY(!says(u"password in"_s));
}

void tst_PreferencesDialog::theSearchHidesTheRest()
{
    PreferencesDialog dialog(m_preferences);
    const auto shown = [&] {
        QStringList keys;
        for (const PreferenceRow *row : dialog.findChildren<PreferenceRow *>()) {
            if (!row->isHidden())
                keys.append(row->preference().key);
        }
        return keys;
    };

    dialog.setSearch(u"QUEUE full"_s);
    QCOMPARE(shown(), QStringList{u"engine/onFull"_s});
    dialog.setSearch(u"dark"_s); // a choice
    QCOMPARE(shown(), QStringList{u"window/theme"_s});
    dialog.setSearch(u"xyzzy"_s);
    QVERIFY(shown().isEmpty());
    auto nothing = dialog.findChild<EmptyState *>();
    QVERIFY(!nothing->isHidden());
    QVERIFY(nothing->text().contains(u"xyzzy"_s));
    Q_EMIT nothing->actionWanted();
    QCOMPARE(shown().size(), m_preferences.list().size());
    QVERIFY(nothing->isHidden());
}

void tst_PreferencesDialog::filesTravel()
{
    QVERIFY(m_preferences.set(u"engine/workers"_s, 6));
    const QString path = m_folder.filePath(u"mine.json"_s);
    PreferencesDialog dialog(m_preferences);

    dialog.exportTo(path);
    QVERIFY2(dialog.message().contains(path), qPrintable(dialog.message()));
    m_preferences.reset(u"engine/workers"_s);
    dialog.importFrom(path);

    QCOMPARE(m_preferences.value(u"engine/workers"_s).toInt(), 6);
    QVERIFY2(dialog.message().contains(u"hold now"_s), qPrintable(dialog.message()));
}

void tst_PreferencesDialog::badFilesAreExplained_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("missing") << QByteArray() << u"cannot be read"_s;
    QTest::newRow("no JSON") << QByteArray("{\"a\": ") << u"is no JSON"_s;
    QTest::newRow("foreign") << QByteArray("{}") << u"This is no file of preferences"_s;
    QTest::newRow("huge") << QByteArray(2 << 20, ' ') << u"larger than 1 MiB"_s;
}

void tst_PreferencesDialog::badFilesAreExplained()
{
    QFETCH(QByteArray, content);
    const QString path = m_folder.filePath(QString::fromLatin1(QTest::currentDataTag()));
    if (!content.isEmpty()) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    PreferencesDialog dialog(m_preferences);

    dialog.importFrom(path);

    QFETCH(QString, sentence);
    QVERIFY2(dialog.message().contains(sentence), qPrintable(dialog.message()));
}

QTEST_MAIN(tst_PreferencesDialog)
#include "tst_preferencesdialog.moc"
