// SPDX-License-Identifier: MIT
#include <fanfare/sdk/handlertable.h>

#include <QObject>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

using namespace Qt::StringLiterals;
using Fanfare::Context;

struct Primes
{
    Q_GADGET
    Q_CLASSINFO("summary", "Prime numbers of a range are to be counted")
    Q_CLASSINFO("from.summary", "The first number of the range")
    Q_CLASSINFO("from.minimum", "0")
    Q_CLASSINFO("from.maximum", "1000000000000")
    Q_CLASSINFO("to.summary", "The last number of the range")
    Q_CLASSINFO("to.minimum", "0")
    Q_CLASSINFO("to.maximum", "1000000000000")
    Q_PROPERTY(qint64 from MEMBER from)
    Q_PROPERTY(qint64 to MEMBER to)
public:
    qint64 from = 0;
    qint64 to = 1'000'000;
};

struct MandelbrotTile
{
    Q_GADGET
    Q_CLASSINFO("summary", "A square of the complex plane is to be examined")
    Q_CLASSINFO("x.summary", "Real part of the left edge")
    Q_CLASSINFO("x.minimum", "-4")
    Q_CLASSINFO("x.maximum", "4")
    Q_CLASSINFO("y.summary", "Imaginary part of the upper edge")
    Q_CLASSINFO("y.minimum", "-4")
    Q_CLASSINFO("y.maximum", "4")
    Q_CLASSINFO("width.summary", "Width and height of the square")
    Q_CLASSINFO("width.minimum", "0")
    Q_CLASSINFO("width.maximum", "8")
    Q_CLASSINFO("pixels.summary", "Points along each edge")
    Q_CLASSINFO("pixels.minimum", "1")
    Q_CLASSINFO("pixels.maximum", "4096")
    Q_CLASSINFO("iterations.summary", "Steps after which a point is taken for a member of the set")
    Q_CLASSINFO("iterations.minimum", "1")
    Q_CLASSINFO("iterations.maximum", "100000")
    Q_PROPERTY(double x MEMBER x)
    Q_PROPERTY(double y MEMBER y)
    Q_PROPERTY(double width MEMBER width)
    Q_PROPERTY(int pixels MEMBER pixels)
    Q_PROPERTY(int iterations MEMBER iterations)
public:
    double x = -2;
    double y = 1.5;
    double width = 3;
    int pixels = 128;
    int iterations = 256;
};

static void throwIfStopped(Context &context)
{
    if (context.stopToken().stop_requested())
        throw std::runtime_error("Asked to stop");
}

/// All primes up to \a limit, by the sieve of Eratosthenes.
static std::vector<qint64> smallPrimes(qint64 limit)
{
    std::vector<bool> isComposite(size_t(limit) + 1);
    std::vector<qint64> primes;
    for (qint64 n = 2; n <= limit; ++n) {
        if (isComposite[size_t(n)])
            continue;
        primes.push_back(n);
        for (qint64 multiple = n * n; multiple <= limit; multiple += n)
            isComposite[size_t(multiple)] = true;
    }
    return primes;
}

struct PrimeCount
{
    qint64 count = 0;
    qint64 largest = 0; // 0: none
};

/// Adds the primes of first..last, which is at least 2. Only the square root of \a last needs a
/// sieve of its own, so memory stays at some megabytes however large the numbers are.
static void sieve(qint64 first, qint64 last, const std::vector<qint64> &primes, PrimeCount &found)
{
    std::vector<char> isComposite(size_t(last - first + 1));
    for (const qint64 prime : primes) {
        if (prime * prime > last)
            break;
        const qint64 multiple = std::max(prime * prime, (first + prime - 1) / prime * prime);
        for (qint64 n = multiple; n <= last; n += prime)
            isComposite[size_t(n - first)] = true;
    }
    for (qint64 n = first; n <= last; ++n) {
        if (!isComposite[size_t(n - first)]) {
            ++found.count;
            found.largest = n;
        }
    }
}

static QCborMap countPrimes(const Primes &event, Context &context)
{
    if (event.from > event.to) {
        const QString sentence = u"The range is empty: \"from\" (%1) is above \"to\" (%2)"_s;
        throw std::invalid_argument(
            sentence.arg(QString::number(event.from), QString::number(event.to)).toStdString());
    }
    constexpr qint64 segment = 1 << 18;
    const auto primes = smallPrimes(qint64(std::sqrt(double(event.to))) + 1);
    PrimeCount found;
    for (qint64 first = std::max<qint64>(2, event.from); first <= event.to; first += segment) {
        throwIfStopped(context);
        sieve(first, std::min(first + segment - 1, event.to), primes, found);
        context.progress(double(first - event.from) / double(event.to - event.from + 1), {});
    }
    return {{u"count"_s, found.count}, {u"largest"_s, found.largest}};
}

/// After how many steps z -> z^2 + c leaves the circle of radius 2; \a limit when it stays.
static int escapeTime(double cx, double cy, int limit)
{
    double x = 0;
    double y = 0;
    for (int step = 0; step < limit; ++step) {
        const double xx = x * x;
        const double yy = y * y;
        if (xx + yy > 4)
            return step;
        y = 2 * x * y + cy;
        x = xx - yy + cx;
    }
    return limit;
}

/// How many of the points belong to the set, and all steps that were made for all points.
static QCborMap mandelbrot(const MandelbrotTile &event, Context &context)
{
    const double distance = event.width / event.pixels;
    qint64 inside = 0;
    qint64 steps = 0;
    for (int row = 0; row < event.pixels; ++row) {
        for (int column = 0; column < event.pixels; ++column) {
            if (column % 64 == 0) // 64 points of 100,000 steps are 10 ms
                throwIfStopped(context);
            const int time =
                escapeTime(event.x + column * distance, event.y - row * distance, event.iterations);
            inside += time == event.iterations;
            steps += time;
        }
        if (row % 16 == 15)
            context.progress(double(row + 1) / event.pixels, {});
    }
    return {{u"inside"_s, inside}, {u"steps"_s, steps}};
}

class NumericsPlugin final : public QObject, public Fanfare::HandlerTable
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID FANFARE_HANDLER_PLUGIN_IID FILE "numerics.json")
    Q_INTERFACES(Fanfare::HandlerPlugin)

public:
    NumericsPlugin()
    {
        typedEvent<Primes>();
        handler(u"primes"_s)
            .summary(u"Counts them and names the largest"_s)
            .idempotent()
            .run<Primes>(&countPrimes);
        typedEvent<MandelbrotTile>();
        handler(u"mandelbrot"_s)
            .summary(u"Counts the points that belong to the set"_s)
            .idempotent()
            .run<MandelbrotTile>(&mandelbrot);
    }
};

#include "numerics.moc"
