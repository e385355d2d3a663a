// SPDX-License-Identifier: MIT
#include "desktop/preferences/preferences.h"

#include <fanfare/cluster/brokeraddress.h>
#include <fanfare/cluster/brokertransport.h>

#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_Preferences : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_settings.clear(); }
    void everyPreferenceIsExplained();
    void everyStandardIsAllowed();
    void aValueStaysInTheFile();
    void refuses_data();
    void refuses();
    void aBrokenFileCountsAsNotSet_data();
    void aBrokenFileCountsAsNotSet();
    void tellsOfChangesOnly();
    void travelsAsJson();
    void partsTravelAlong();
    void partsThatAreMissingStay();
    void aPartThatIsWrongStopsAll();
    void takesAllOfAFileOrNothing_data();
    void takesAllOfAFileOrNothing();

private:
    QTemporaryDir m_folder;
    QSettings m_settings{m_folder.filePath(u"s.ini"_s), QSettings::IniFormat};
};

void tst_Preferences::everyPreferenceIsExplained()
{
    QStringList keys;
    for (const Preference &preference : allPreferences()) {
        QVERIFY2(!preference.title.isEmpty() && !preference.group.isEmpty(),
                 qPrintable(preference.key));
        QVERIFY2(preference.summary.endsWith(u'.'), qPrintable(preference.key));
        QVERIFY2(!keys.contains(preference.key), qPrintable(preference.key));
        keys.append(preference.key);
    }
    QVERIFY(keys.size() >= 8);
}

void tst_Preferences::everyStandardIsAllowed()
{
    Preferences preferences(allPreferences(), m_settings);
    for (const Preference &preference : preferences.list()) {
        const Result<void> set = preferences.set(preference.key, preference.standard);
        QVERIFY2(set, set ? "" : qPrintable(set.error().message));
    }
}

void tst_Preferences::aValueStaysInTheFile()
{
    {
        Preferences preferences(allPreferences(), m_settings);
        QVERIFY(preferences.isStandard(u"engine/workers"_s));
        QVERIFY(preferences.set(u"engine/workers"_s, 3));
        QVERIFY(preferences.set(u"window/theme"_s, u"dark"_s));
    }
    m_settings.sync();
    QSettings again(m_settings.fileName(), QSettings::IniFormat); // numbers come back as text
    Preferences preferences(allPreferences(), again);
    QCOMPARE(preferences.value(u"engine/workers"_s).toInt(), 3);
    QCOMPARE(preferences.value(u"window/theme"_s).toString(), u"dark"_s);
    QVERIFY(!preferences.isStandard(u"window/theme"_s));

    preferences.reset(u"window/theme"_s);
    QCOMPARE(preferences.value(u"window/theme"_s).toString(), u"system"_s);
    QVERIFY(!again.contains(u"window/theme"_s));
}

void tst_Preferences::refuses_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<QString>("sentence");
    const QString workers = u"engine/workers has to be a whole number from 0 to 256."_s;
    QTest::newRow("too much") << u"engine/workers"_s << QVariant(257) << workers;
    QTest::newRow("too little") << u"engine/workers"_s << QVariant(-1) << workers;
    QTest::newRow("half") << u"engine/workers"_s << QVariant(1.5) << workers;
    QTest::newRow("no number") << u"engine/workers"_s << QVariant(u"many"_s) << workers;
    QTest::newRow("a switch") << u"engine/workers"_s << QVariant(true) << workers;
    QTest::newRow("nothing") << u"engine/workers"_s << QVariant() << workers;
    QTest::newRow("endless") << u"engine/workers"_s << QVariant(qInf()) << workers;
    QTest::newRow("no such color") << u"window/theme"_s << QVariant(u"pink"_s)
                                   << u"window/theme has to be one of: system, light, dark."_s;
    if (hasBrokerTransport()) {
        QTest::newRow("no address") << u"cluster/broker"_s << QVariant(u"broker"_s)
                                    << brokerAddress(u"broker"_s).error().message;
        QTest::newRow("a password") << u"cluster/broker"_s << QVariant(u"amqp://me:secret@here/x"_s)
                                    << brokerAddress(u"amqp://me:secret@here/x"_s).error().message;
        QTest::newRow("no text") << u"cluster/broker"_s << QVariant(1)
                                 << u"cluster/broker has to be a text."_s;
    }
    QTest::newRow("unknown") << u"window/size"_s << QVariant(1)
                             << u"There is no preference “window/size” in this version."_s;
}

void tst_Preferences::refuses()
{
    QFETCH(QString, key);
    QFETCH(QVariant, value);
    Preferences preferences(allPreferences(), m_settings);

    const Result<void> set = preferences.set(key, value);

    QVERIFY(!set);
    QTEST(set.error().message, "sentence");
    QVERIFY(preferences.isStandard(key));
}

void tst_Preferences::aBrokenFileCountsAsNotSet_data()
{
    QTest::addColumn<QVariant>("value");
    QTest::newRow("text") << QVariant(u"a lot"_s);
    QTest::newRow("out of range") << QVariant(100'000);
    QTest::newRow("list") << QVariant(QStringList{u"1"_s, u"2"_s});
}

void tst_Preferences::aBrokenFileCountsAsNotSet()
{
    QFETCH(QVariant, value);
    m_settings.setValue(u"engine/workers"_s, value);
    const Preferences preferences(allPreferences(), m_settings);

    QCOMPARE(preferences.value(u"engine/workers"_s).toInt(), 0);
    QVERIFY(preferences.isStandard(u"engine/workers"_s));
}

void tst_Preferences::tellsOfChangesOnly()
{
    Preferences preferences(allPreferences(), m_settings);
    QSignalSpy changes(&preferences, &Preferences::changed);

    QVERIFY(preferences.set(u"engine/workers"_s, 0)); // as it is
    preferences.reset(u"engine/workers"_s);
    QCOMPARE(changes.size(), 0);
    QVERIFY(preferences.set(u"engine/workers"_s, 2));
    QVERIFY(preferences.set(u"engine/workers"_s, 2));
    QCOMPARE(changes.size(), 1);
    preferences.reset(u"engine/workers"_s);
    QCOMPARE(changes.size(), 2);
    QCOMPARE(changes.last().first().toString(), u"engine/workers"_s);
}

void tst_Preferences::travelsAsJson()
{
    Preferences preferences(allPreferences(), m_settings);
    QVERIFY(preferences.set(u"engine/executor"_s, u"processes"_s));
    QVERIFY(preferences.set(u"runs/keepBytes"_s, qint64(3) << 30));
    const QJsonObject json = preferences.toJson();
    QCOMPARE(json[u"preferences"].toObject().size(), 2);

    m_settings.clear();
    QVERIFY(preferences.set(u"engine/workers"_s, 5)); // standard in the file
    QVERIFY(preferences.takeJson(json));

    QCOMPARE(preferences.toJson(), json);
    QCOMPARE(preferences.value(u"runs/keepBytes"_s).toLongLong(), qint64(3) << 30);
    QVERIFY(preferences.isStandard(u"engine/workers"_s));
}

/// A part that keeps a number of at most 9.
static PreferencePart numberPart(int &number)
{
    return {u"number"_s, [&number] { return QJsonValue(number); },
            [](const QJsonValue &value) -> Result<void> {
                if (value.toInt() > 9)
                    return Error{ErrorCode::InvalidArgument, u"/number is too large."_s};
                return {};
            },
            [&number](const QJsonValue &value) { number = value.toInt(); }};
}

void tst_Preferences::partsTravelAlong()
{
    int number = 3;
    Preferences preferences(allPreferences(), m_settings);
    preferences.addPart(numberPart(number));

    const QJsonObject json = preferences.toJson();
    number = 7;
    QVERIFY(preferences.takeJson(json));

    QCOMPARE(json[u"number"_s].toInt(), 3);
    QCOMPARE(number, 3);
}

void tst_Preferences::partsThatAreMissingStay()
{
    int number = 3;
    Preferences preferences(allPreferences(), m_settings);
    const QJsonObject json = preferences.toJson(); // of a version without the part
    preferences.addPart(numberPart(number));

    QVERIFY(preferences.takeJson(json));

    QCOMPARE(number, 3);
}

void tst_Preferences::aPartThatIsWrongStopsAll()
{
    int number = 3;
    Preferences preferences(allPreferences(), m_settings);
    preferences.addPart(numberPart(number));
    QVERIFY(preferences.set(u"engine/workers"_s, 7));
    QJsonObject json = preferences.toJson();
    json[u"number"_s] = 10;
    QVERIFY(preferences.set(u"engine/workers"_s, 5));

    const Result<void> taken = preferences.takeJson(json);

    QVERIFY(!taken);
    QCOMPARE(taken.error().message, u"/number is too large."_s);
    QCOMPARE(number, 3);
    QCOMPARE(preferences.value(u"engine/workers"_s).toInt(), 5);
}

void tst_Preferences::takesAllOfAFileOrNothing_data()
{
    QTest::addColumn<QJsonObject>("json");
    QTest::addColumn<QString>("sentence");
    const auto file = [](const QJsonObject &set) {
        return QJsonObject{
            {u"format"_s, u"fanfare-preferences"_s}, {u"version"_s, 1}, {u"preferences"_s, set}};
    };
    QTest::newRow("foreign") << QJsonObject{{u"a"_s, 1}}
                             << u"This is no file of preferences: /format is not"
                                " “fanfare-preferences”."_s;
    QJsonObject later = file({});
    later[u"version"_s] = 2;
    QTest::newRow("later") << later
                           << u"The preferences are of version 2; this program reads version 1."_s;
    QTest::newRow("second is wrong") << file(
        {{u"engine/executor"_s, u"processes"_s}, {u"engine/workers"_s, u"2"_s}, {u"x"_s, 1}})
                                     << u"There is no preference “x” in this version."_s;
    QTest::newRow("wrong type") << file(
        {{u"engine/executor"_s, u"processes"_s}, {u"window/theme"_s, 7}})
                                << u"window/theme has to be one of: system, light, dark."_s;
}

void tst_Preferences::takesAllOfAFileOrNothing()
{
    QFETCH(QJsonObject, json);
    Preferences preferences(allPreferences(), m_settings);
    QVERIFY(preferences.set(u"engine/workers"_s, 7));
    QSignalSpy changes(&preferences, &Preferences::changed);

    const Result<void> taken = preferences.takeJson(json);

    QVERIFY(!taken);
    QTEST(taken.error().message, "sentence");
    QCOMPARE(changes.size(), 0);
    QCOMPARE(preferences.value(u"engine/workers"_s).toInt(), 7);
}

QTEST_MAIN(tst_Preferences)
#include "tst_preferences.moc"
