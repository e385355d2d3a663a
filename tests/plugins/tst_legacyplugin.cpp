// SPDX-License-Identifier: MIT
#include <support/loadedplugin.h>
#include <support/recordingcontext.h>

#include <QTest>

#include <atomic>
#include <functional>
#include <map>
#include <random>
#include <stdexcept>
#include <thread>

using namespace Qt::StringLiterals;
using Fanfare::Handler;
using Fanfare::Test::LoadedPlugin;
using Fanfare::Test::RecordingContext;

static Fanfare::Arguments texts(const QString &first, const QString &second, int times = 1)
{
    return {.fields = {{u"first"_s, first}, {u"second"_s, second}, {u"times"_s, times}}};
}

static qint64 distance(Handler &handler, const QString &first, const QString &second)
{
    RecordingContext context(u"AlignTexts"_s, texts(first, second));
    return handler.run(context).toInteger(-1);
}

/// From the definition, by recursion over what is left of both texts.
static qint64 distanceAgain(const QString &first, const QString &second)
{
    std::map<std::pair<qsizetype, qsizetype>, qint64> known;
    const std::function<qint64(qsizetype, qsizetype)> rest = [&](qsizetype i, qsizetype j) {
        if (i == first.size() || j == second.size())
            return qint64(first.size() - i + second.size() - j);
        const auto found = known.find({i, j});
        if (found != known.end())
            return found->second;
        const qint64 best = first[i] == second[j]
            ? rest(i + 1, j + 1)
            : 1 + std::min({rest(i + 1, j + 1), rest(i + 1, j), rest(i, j + 1)});
        return known[{i, j}] = best;
    };
    return rest(0, 0);
}

class tst_LegacyPlugin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void offersItsHandler();
    void computesDistances_data();
    void computesDistances();
    void agreesWithTheDefinition();
    void callsAtOnceDoNotMixTheirTexts();
    void refusesLongTexts();
    void stopsWhileAnotherHoldsTheLock();

private:
    LoadedPlugin m_plugin{u"legacy"_s};
    std::unique_ptr<Handler> m_handler;
};

void tst_LegacyPlugin::initTestCase()
{
    QVERIFY2(bool(m_plugin), qPrintable(m_plugin.errorString()));
    m_handler = m_plugin.handler(u"align"_s);
    QVERIFY(m_handler);
}

void tst_LegacyPlugin::offersItsHandler()
{
    QCOMPARE(m_plugin.handlerStory(), QStringList{u"align: sync of AlignTexts"_s});
}

void tst_LegacyPlugin::computesDistances_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<qint64>("expected");

    QTest::newRow("both empty") << QString() << QString() << qint64(0);
    QTest::newRow("one empty") << QString() << u"abc"_s << qint64(3);
    QTest::newRow("same") << u"same"_s << u"same"_s << qint64(0);
    QTest::newRow("kitten") << u"kitten"_s << u"sitting"_s << qint64(3);
    QTest::newRow("Saturday") << u"Saturday"_s << u"Sunday"_s << qint64(3);
    QTest::newRow("longest") << u"a"_s.repeated(4096) << u"b"_s.repeated(4096) << qint64(4096);
}

void tst_LegacyPlugin::computesDistances()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    QFETCH(qint64, expected);

    QCOMPARE(distance(*m_handler, first, second), expected);
    QCOMPARE(distance(*m_handler, second, first), expected);
}

void tst_LegacyPlugin::agreesWithTheDefinition()
{
    std::mt19937 random(7);
    const auto text = [&] {
        QString result;
        for (auto i = random() % 30; i > 0; --i)
            result.append(QChar(ushort(u'a' + random() % 3)));
        return result;
    };
    for (int i = 0; i < 200; ++i) {
        const QString first = text();
        const QString second = text();
        QCOMPARE(distance(*m_handler, first, second), distanceAgain(first, second));
    }
}

void tst_LegacyPlugin::callsAtOnceDoNotMixTheirTexts()
{
    std::atomic<int> wrong = 0;
    {
        std::vector<std::jthread> threads;
        for (int length = 1; length <= 4; ++length) {
            threads.emplace_back([&, length] {
                for (int i = 0; i < 200; ++i)
                    wrong +=
                        distance(*m_handler, u"a"_s.repeated(200), u"b"_s.repeated(200 + length))
                        != 200 + length;
            });
        }
    }

    QCOMPARE(wrong.load(), 0);
}

void tst_LegacyPlugin::refusesLongTexts()
{
    try {
        distance(*m_handler, u"a"_s, u"b"_s.repeated(4097));
        QFAIL("it took 4097 characters");
    } catch (const std::invalid_argument &error) {
        QCOMPARE(error.what(), "The field \"second\" has 4097 characters, the library takes 4096");
    }
}

void tst_LegacyPlugin::stopsWhileAnotherHoldsTheLock()
{
    // Both would run for minutes; one of them has the lock and the other one waits for it.
    RecordingContext contexts[] = {{u"AlignTexts"_s, texts(u"a"_s, u"b"_s, 100'000'000)},
                                   {u"AlignTexts"_s, texts(u"a"_s, u"b"_s, 100'000'000)}};
    std::atomic<int> stopped = 0;
    {
        std::vector<std::jthread> threads;
        for (RecordingContext &context : contexts) {
            threads.emplace_back([&] {
                try {
                    m_handler->run(context);
                } catch (const std::runtime_error &) {
                    ++stopped;
                }
            });
        }
        for (RecordingContext &context : contexts)
            context.requestStop();
    }

    QCOMPARE(stopped.load(), 2);
}

QTEST_GUILESS_MAIN(tst_LegacyPlugin)
#include "tst_legacyplugin.moc"
