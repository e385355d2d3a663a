// SPDX-License-Identifier: MIT
#include <support/loadedplugin.h>
#include <support/recordingcontext.h>

#include <QTest>

#include <complex>
#include <stdexcept>

using namespace Qt::StringLiterals;
using Fanfare::Handler;
using Fanfare::Test::LoadedPlugin;
using Fanfare::Test::RecordingContext;

static bool isPrime(qint64 number)
{
    for (qint64 divisor = 2; divisor * divisor <= number; ++divisor) {
        if (number % divisor == 0)
            return false;
    }
    return number >= 2;
}

/// By trial division of every number.
static QCborMap primesAgain(qint64 from, qint64 to)
{
    qint64 count = 0;
    qint64 largest = 0;
    for (qint64 number = from; number <= to; ++number) {
        if (isPrime(number)) {
            ++count;
            largest = number;
        }
    }
    return {{u"count"_s, count}, {u"largest"_s, largest}};
}

/// With complex numbers instead of the handler's pairs of reals.
static QCborMap mandelbrotAgain(double left, double top, double width, int pixels, int iterations)
{
    qint64 inside = 0;
    qint64 steps = 0;
    for (int i = 0; i < pixels * pixels; ++i) {
        const double distance = width / pixels;
        const std::complex<double> c(left + (i % pixels) * distance, top - (i / pixels) * distance);
        std::complex<double> z = 0;
        int step = 0;
        for (; step < iterations && std::norm(z) <= 4; ++step)
            z = z * z + c;
        inside += step == iterations;
        steps += step;
    }
    return {{u"inside"_s, inside}, {u"steps"_s, steps}};
}

class tst_NumericsPlugin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void offersItsHandlers();
    void countsPrimes_data();
    void countsPrimes();
    void agreesWithTheKnownNumberOfPrimes();
    void refusesAnEmptyRange();
    void examinesTiles_data();
    void examinesTiles();
    void stops_data();
    void stops();

private:
    LoadedPlugin m_plugin{u"numerics"_s};
    std::unique_ptr<Handler> m_primes;
    std::unique_ptr<Handler> m_mandelbrot;
};

static QCborMap primes(Handler &handler, qint64 from, qint64 to)
{
    RecordingContext context(u"Primes"_s, {.fields = {{u"from"_s, from}, {u"to"_s, to}}});
    return handler.run(context).toMap();
}

void tst_NumericsPlugin::initTestCase()
{
    QVERIFY2(bool(m_plugin), qPrintable(m_plugin.errorString()));
    m_primes = m_plugin.handler(u"primes"_s);
    m_mandelbrot = m_plugin.handler(u"mandelbrot"_s);
    QVERIFY(m_primes);
    QVERIFY(m_mandelbrot);
}

void tst_NumericsPlugin::offersItsHandlers()
{
    QCOMPARE(m_plugin.handlerStory(),
             QStringList({u"primes: sync of Primes"_s, u"mandelbrot: sync of MandelbrotTile"_s}));
}

void tst_NumericsPlugin::countsPrimes_data()
{
    QTest::addColumn<qint64>("from");
    QTest::addColumn<qint64>("to");

    QTest::newRow("nothing") << qint64(0) << qint64(1);
    QTest::newRow("two") << qint64(2) << qint64(2);
    QTest::newRow("a square of a prime") << qint64(49) << qint64(49);
    QTest::newRow("small") << qint64(0) << qint64(1000);
    QTest::newRow("in the middle") << qint64(7919) << qint64(8100);
    QTest::newRow("across segments") << qint64(262'100) << qint64(262'200);
    QTest::newRow("two segments") << qint64(0) << qint64(300'000);
    QTest::newRow("large") << qint64(999'999'999'900) << qint64(1'000'000'000'000);
}

void tst_NumericsPlugin::countsPrimes()
{
    QFETCH(qint64, from);
    QFETCH(qint64, to);

    QCOMPARE(primes(*m_primes, from, to), primesAgain(from, to));
}

void tst_NumericsPlugin::agreesWithTheKnownNumberOfPrimes()
{
    QCOMPARE(primes(*m_primes, 0, 10'000'000).value(u"count"_s).toInteger(), 664'579);
}

void tst_NumericsPlugin::refusesAnEmptyRange()
{
    try {
        primes(*m_primes, 10, 5);
        QFAIL("it counted the primes from 10 to 5");
    } catch (const std::invalid_argument &error) {
        QCOMPARE(error.what(), "The range is empty: \"from\" (10) is above \"to\" (5)");
    }
}

void tst_NumericsPlugin::examinesTiles_data()
{
    QTest::addColumn<double>("x");
    QTest::addColumn<double>("y");
    QTest::addColumn<double>("width");
    QTest::addColumn<int>("pixels");
    QTest::addColumn<int>("iterations");

    QTest::newRow("the whole set") << -2.0 << 1.5 << 3.0 << 100 << 200;
    QTest::newRow("one point of the set") << 0.0 << 0.0 << 1.0 << 1 << 50;
    QTest::newRow("outside") << 3.0 << 3.0 << 0.5 << 16 << 50;
    QTest::newRow("the edge") << -0.75 << 0.1 << 0.05 << 64 << 500;
}

void tst_NumericsPlugin::examinesTiles()
{
    QFETCH(double, x);
    QFETCH(double, y);
    QFETCH(double, width);
    QFETCH(int, pixels);
    QFETCH(int, iterations);
    RecordingContext context(u"MandelbrotTile"_s,
                             {.fields = {{u"x"_s, x},
                                         {u"y"_s, y},
                                         {u"width"_s, width},
                                         {u"pixels"_s, pixels},
                                         {u"iterations"_s, iterations}}});

    const QCborMap result = m_mandelbrot->run(context).toMap();

    const QCborMap expected = mandelbrotAgain(x, y, width, pixels, iterations);
    QCOMPARE(result.value(u"inside"_s), expected.value(u"inside"_s));
    // Near the edge the last bit of a product decides about a step or two.
    const qint64 steps = expected.value(u"steps"_s).toInteger();
    QVERIFY(qAbs(result.value(u"steps"_s).toInteger() - steps) <= steps / 1000);
}

void tst_NumericsPlugin::stops_data()
{
    QTest::addColumn<QString>("handler");
    QTest::newRow("primes") << u"primes"_s;
    QTest::newRow("mandelbrot") << u"mandelbrot"_s;
}

void tst_NumericsPlugin::stops()
{
    QFETCH(QString, handler);
    RecordingContext context(u"Any"_s, {});
    context.requestStop();

    QVERIFY_THROWS_EXCEPTION(std::runtime_error, m_plugin.handler(handler)->run(context));

    QVERIFY(context.fractions().empty());
}

QTEST_GUILESS_MAIN(tst_NumericsPlugin)
#include "tst_numericsplugin.moc"
