// SPDX-License-Identifier: MIT
#include "desktop/panes/brokerdialog.h"

#include <fanfare/cluster/brokeraddress.h>

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_BrokerDialog final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { qunsetenv(brokerPasswordVariable); }
    void showsWhatIsChosen();
    void saysWhatCannotWorkWhileItIsTyped_data();
    void saysWhatCannotWorkWhileItIsTyped();
    void wantsAPrivatePasswordFile();
    void givesWhatWasEntered();

private:
    static QLineEdit *address(const BrokerDialog &dialog)
    {
        return dialog.findChildren<QLineEdit *>().constFirst();
    }
    static QPushButton *accept(const BrokerDialog &dialog)
    {
        return dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    }
    static bool says(const BrokerDialog &dialog, const QString &words)
    {
        const QList<QLabel *> labels = dialog.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel *label) { return label->text().contains(words); });
    }
};

void tst_BrokerDialog::showsWhatIsChosen()
{
    const BrokerChoice chosen{u"amqps://app@broker/fanfare"_s, {}, true};

    const BrokerDialog dialog(chosen);

    QCOMPARE(dialog.choice(), chosen);
    QCOMPARE(dialog.problem(), QString());
    QVERIFY(accept(dialog)->isEnabled());
}

void tst_BrokerDialog::saysWhatCannotWorkWhileItIsTyped_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("words");

    QTest::newRow("nothing") << u" "_s << u"is missing"_s;
    QTest::newRow("no address") << u"broker"_s << u"amqp"_s;
    QTest::newRow("password") << u"amqps://app:secret@broker/x"_s << u"password"_s;
    QTest::newRow("plain text") << u"amqp://app@broker.example/x"_s << u"amqps://"_s;
}

void tst_BrokerDialog::saysWhatCannotWorkWhileItIsTyped()
{
    QFETCH(QString, typed);
    QFETCH(QString, words);
    BrokerDialog dialog({u"amqps://app@broker/fanfare"_s, {}, false});

    address(dialog)->selectAll();
    QTest::keyClicks(address(dialog), typed);

    QVERIFY2(dialog.problem().contains(words), qPrintable(dialog.problem()));
    QVERIFY(says(dialog, dialog.problem()));
    QVERIFY(!says(dialog, u"secret"_s));
    QVERIFY(!accept(dialog)->isEnabled());
}

void tst_BrokerDialog::wantsAPrivatePasswordFile()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"password"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("secret\n") > 0);
    file.close();
    BrokerDialog dialog({u"amqps://app@broker/fanfare"_s, {}, false});
    QLineEdit *input = dialog.findChildren<QLineEdit *>().constLast();

    file.setPermissions(QFile::ReadOwner | QFile::ReadOther);
    input->setText(file.fileName());
    const QString readByOthers = dialog.problem();
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    input->setText(file.fileName() + u' ');

    QVERIFY2(readByOthers.contains(file.fileName()), qPrintable(readByOthers));
    QCOMPARE(dialog.problem(), QString());
    QCOMPARE(dialog.choice().passwordFile, file.fileName());
}

void tst_BrokerDialog::givesWhatWasEntered()
{
    BrokerDialog dialog({});
    QSignalSpy accepted(&dialog, &QDialog::accepted);

    QTest::keyClicks(address(dialog), u" amqp://app@broker.example/x "_s);
    dialog.findChild<QCheckBox *>()->click();
    accept(dialog)->click();

    QCOMPARE(accepted.size(), 1);
    QCOMPARE(dialog.choice(), (BrokerChoice{u"amqp://app@broker.example/x"_s, {}, true}));
}

QTEST_MAIN(tst_BrokerDialog)
#include "tst_brokerdialog.moc"
