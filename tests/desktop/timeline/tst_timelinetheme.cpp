// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelinetheme.h"

#include <QTest>

#include <cmath>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_TimelineTheme final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void colorsAHandlerTheSameInEveryRun();
    void keepsLabelsReadable();
    void followsThePalette();
};

static TimelineTheme themeOn(const QColor &base, const QColor &text)
{
    QPalette palette;
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::Text, text);
    return TimelineTheme::of(palette);
}

static double luminance(QRgb color)
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
    const double light = std::max(luminance(a), luminance(b));
    const double dark = std::min(luminance(a), luminance(b));
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
