// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelinetheme.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_TimelineTheme final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void colorsAHandlerTheSameInEveryRun();
    void keepsLabelsReadable();
    void keepsHuesApartForWhoCannotSeeGreen_data();
    void keepsHuesApartForWhoCannotSeeGreen();
    void keepsPatternsReadable();
    void followsThePalette();
};

static TimelineTheme themeOn(const QColor &base, const QColor &text)
{
    QPalette palette;
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::Text, text);
    return TimelineTheme::of(palette);
}

static double relativeLuminance(QRgb color)
{
    const auto linear = [](int channel) {
        const double value = channel / 255.0;
        return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(qRed(color)) + 0.7152 * linear(qGreen(color))
        + 0.0722 * linear(qBlue(color));
}

static double contrast(QRgb a, QRgb b)
{
    const double light = std::max(relativeLuminance(a), relativeLuminance(b));
    const double dark = std::min(relativeLuminance(a), relativeLuminance(b));
    return (light + 0.05) / (dark + 0.05);
}

void tst_TimelineTheme::colorsAHandlerTheSameInEveryRun()
{
    const TimelineTheme theme = themeOn(Qt::white, Qt::black);

    // Written down: users learn these colors, a change of them is a change of the product.
    QCOMPARE(theme.handlerColor({u"basics"_s, u"[Sync]"_s}), qRgb(0x56, 0xb4, 0xe9));
    QVERIFY(theme.handlerColor({u"basics"_s, u"[Async]"_s})
            != theme.handlerColor({u"basics"_s, u"[Sync]"_s}));
}

void tst_TimelineTheme::keepsLabelsReadable()
{
    const TimelineTheme theme = themeOn(Qt::white, Qt::black);

    for (int i = 0; i < 200; ++i) {
        const QRgb fill = theme.handlerColor({u"plugin"_s, QString::number(i)});
        QVERIFY(contrast(fill, textColorOn(fill)) >= 4.5);
    }
}

using Triple = std::array<double, 3>;

/// Linear light as somebody without the cones for green sees it: Machado, Oliveira and Fernandes
/// 2009, severity 1.
static Triple seenWithoutGreen(QRgb color)
{
    const auto linear = [](int channel) {
        const double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    const double r = linear(qRed(color));
    const double g = linear(qGreen(color));
    const double b = linear(qBlue(color));
    const auto limited = [](double value) { return std::clamp(value, 0.0, 1.0); };
    return {limited(0.367322 * r + 0.860646 * g - 0.227968 * b),
            limited(0.280085 * r + 0.672501 * g + 0.047413 * b),
            limited(-0.011820 * r + 0.042940 * g + 0.968881 * b)};
}

/// CIE L*a*b* with the white of sRGB.
static Triple lab(const Triple &rgb)
{
    const auto [r, g, b] = rgb;
    const auto curve = [](double t) {
        return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116;
    };
    const double x = curve((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
    const double y = curve(0.2126 * r + 0.7152 * g + 0.0722 * b);
    const double z = curve((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

void tst_TimelineTheme::keepsHuesApartForWhoCannotSeeGreen_data()
{
    QTest::addColumn<std::vector<QRgb>>("hues");
    QTest::newRow("Okabe and Ito") << spanHues(SpanPalette::OkabeIto, 0);
    QTest::newRow("grays") << spanHues(SpanPalette::Gray, 0);
    for (const char *accent :
         {"#308cc6", "#3daee9", "#e95420", "#2ec27e", "#9141ac", "#000000", "#ffffff", "#ffd500"}) {
        const QRgb color = QColor(QLatin1StringView(accent)).rgb();
        QTest::addRow("tints of %s", accent) << spanHues(SpanPalette::Accent, color);
    }
}

void tst_TimelineTheme::keepsHuesApartForWhoCannotSeeGreen()
{
    QFETCH(std::vector<QRgb>, hues);
    QVERIFY(hues.size() >= 4);

    for (size_t i = 0; i < hues.size(); ++i) {
        for (size_t j = i + 1; j < hues.size(); ++j) {
            const Triple a = lab(seenWithoutGreen(hues[i]));
            const Triple b = lab(seenWithoutGreen(hues[j]));
            QVERIFY(std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) >= 20);
        }
    }
}

/// Twelve looks of gray, and a label on each of them.
void tst_TimelineTheme::keepsPatternsReadable()
{
    QPalette palette;
    const TimelineTheme gray = TimelineTheme::of(palette, SpanPalette::Gray);
    const TimelineTheme usual = TimelineTheme::of(palette, SpanPalette::OkabeIto);
    std::set<std::pair<QRgb, SpanPattern>> looks;

    for (int i = 0; i < 500; ++i) {
        const QString name = QString::number(i);
        const QRgb fill = gray.nameColor(name);
        looks.emplace(fill, gray.namePattern(name));
        QVERIFY(contrast(fill, textColorOn(fill)) >= 4.5);
        QVERIFY(contrast(patternColorOn(fill), textColorOn(fill)) >= 4.5);
        QVERIFY(contrast(patternColorOn(fill), fill) >= 1.3); // it can be seen
        QCOMPARE(usual.namePattern(name), SpanPattern::Plain);
    }

    QCOMPARE(looks.size(), 12U);
}

void tst_TimelineTheme::followsThePalette()
{
    const TimelineTheme light = themeOn(Qt::white, Qt::black);
    const TimelineTheme dark = themeOn(QColor(0x1d, 0x1f, 0x22), Qt::white);

    QVERIFY(!light.isDark);
    QVERIFY(dark.isDark);
    for (const TimelineTheme &theme : {light, dark}) {
        const QRgb background = theme.background.rgb();
        QVERIFY(contrast(theme.text.rgb(), background) >= 7);
        QVERIFY(contrast(theme.dimText.rgb(), background) >= 4.5);
        QVERIFY(contrast(theme.failure, background) >= 3);
        QVERIFY(contrast(qRgb(255, 255, 255), theme.crash) >= 4.5); // notes about the engine
    }
}

QTEST_GUILESS_MAIN(tst_TimelineTheme)
#include "tst_timelinetheme.moc"
