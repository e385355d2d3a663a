// SPDX-License-Identifier: MIT
#include "desktop/models/logrule.h"

#include <QJsonObject>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_LogRule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void appliesToWhatItAsksFor_data();
    void appliesToWhatItAsksFor();
    void theFirstRuleThatAppliesCounts();
    void keepsNoMoreThanAreBearable();
    void survivesSettings();
    void leavesOutWhatCannotBeRead();
    void travelsInAFileOfPreferences();
    void aFileOfPreferencesIsReadWhollyOrNotAtAll_data();
    void aFileOfPreferencesIsReadWhollyOrNotAtAll();
};

static LogRule rule(const QString &text, std::optional<LogLevel> level = {},
                    const QString &source = {}, Tint tint = Tint::Yellow)
{
    return {text, level, source, tint};
}

void tst_LogRule::appliesToWhatItAsksFor_data()
{
    QTest::addColumn<LogRule>("rule");
    QTest::addColumn<bool>("applies");

    // The line is a warning of "#12 · resize · thread 1": "Disk is full".
    QTest::newRow("text, in any case") << rule(u"disk"_s) << true;
    QTest::newRow("other text") << rule(u"disc"_s) << false;
    QTest::newRow("expression") << rule(u"/d.sk.*full$/"_s) << true;
    QTest::newRow("other expression") << rule(u"/^full/"_s) << false;
    QTest::newRow("broken expression") << rule(u"/(/"_s) << false;
    QTest::newRow("level") << rule({}, LogLevel::Warning) << true;
    QTest::newRow("other level") << rule({}, LogLevel::Error) << false;
    QTest::newRow("handler") << rule({}, {}, u"Resize"_s) << true;
    QTest::newRow("worker") << rule({}, {}, u"thread 1"_s) << true;
    QTest::newRow("other worker") << rule({}, {}, u"thread 2"_s) << false;
    QTest::newRow("all at once") << rule(u"disk"_s, LogLevel::Warning, u"#12"_s) << true;
    QTest::newRow("all but one") << rule(u"disk"_s, LogLevel::Warning, u"#13"_s) << false;
    QTest::newRow("nothing") << rule({}) << false;
}

void tst_LogRule::appliesToWhatItAsksFor()
{
    QFETCH(LogRule, rule);
    QFETCH(bool, applies);

    const LogRules rules({rule});

    const auto tint =
        rules.tintOf(LogLevel::Warning, u"#12 · resize · thread 1"_s, u"Disk is full"_s);
    QCOMPARE(tint.has_value(), applies);
}

void tst_LogRule::theFirstRuleThatAppliesCounts()
{
    const LogRules rules({rule(u"nothing"_s, {}, {}, Tint::Red),
                          rule(u"disk"_s, {}, {}, Tint::Blue),
                          rule(u"full"_s, {}, {}, Tint::Green)});

    QVERIFY(rules.tintOf(LogLevel::Info, {}, u"disk full"_s) == Tint::Blue);
}

void tst_LogRule::keepsNoMoreThanAreBearable()
{
    const QList<LogRule> many(100, rule(u"x"_s));

    QCOMPARE(LogRules(many).list().size(), LogRules::maximumCount);
    QCOMPARE(logRulesFrom(toJson(many)).size(), LogRules::maximumCount);
}

void tst_LogRule::survivesSettings()
{
    const QList<LogRule> rules{rule(u"/a|ä/"_s, LogLevel::Printed, u"engine"_s, Tint::Green),
                               rule({}, LogLevel::Debug, {}, Tint::Purple), rule(u"text"_s)};

    QCOMPARE(logRulesFrom(toJson(rules)), rules);
}

void tst_LogRule::leavesOutWhatCannotBeRead()
{
    const auto rules = logRulesFrom(R"([{"text": "a", "tint": "beige"}, 7, {"text": "b"},
        {"text": "c", "tint": "red", "level": "loud"}, {"text": "d", "tint": "red"}])");

    QCOMPARE(rules, QList<LogRule>{rule(u"d"_s, {}, {}, Tint::Red)});
    QVERIFY(logRulesFrom("no json").isEmpty());
}

void tst_LogRule::travelsInAFileOfPreferences()
{
    const QList<LogRule> rules{rule(u"disk"_s, LogLevel::Error, {}, Tint::Red), rule(u"b"_s)};

    const Result<QList<LogRule>> read = readLogRules(toJsonArray(rules));

    QVERIFY(read);
    QCOMPARE(*read, rules);
}

void tst_LogRule::aFileOfPreferencesIsReadWhollyOrNotAtAll_data()
{
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("sentence");

    QTest::newRow("no list") << QJsonValue(7) << u"/logRules has to be a list of rules."_s;
    QTest::newRow("a rule without a tint")
        << QJsonValue(QJsonArray{QJsonObject{{u"tint"_s, u"red"_s}}, QJsonObject{}})
        << u"/logRules/1 is no rule: it needs a \"tint\", and a \"level\" has to be one of: debug, "
           "info, warning, error, printed."_s;
    QTest::newRow("too many") << QJsonValue(toJsonArray(QList<LogRule>(33, rule(u"x"_s))))
                              << u"/logRules has more than 32 rules."_s;
}

void tst_LogRule::aFileOfPreferencesIsReadWhollyOrNotAtAll()
{
    QFETCH(QJsonValue, value);

    const Result<QList<LogRule>> read = readLogRules(value);

    QVERIFY(!read);
    QTEST(read.error().message, "sentence");
}

QTEST_MAIN(tst_LogRule)
#include "tst_logrule.moc"
