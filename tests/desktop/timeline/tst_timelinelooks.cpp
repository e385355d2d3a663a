// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelinetheme.h"
#include "desktop/widgetpicture.h"
#include "timelinefixture.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Fanfare;

class tst_TimelineLooks final : public QObject, private TimelineFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void looksTheSameOnEveryDevice();
    void writesItsPicture();
    void tellsWhichEmissionTheMouseIsOn();
    void dimsAllButTheEmissionUnderTheMouse();
    void takesTheColorsOfAnotherPaletteAtOnce();
};

/// Pixels of a window are written without a way over another image, those of other formats are not.
void tst_TimelineLooks::looksTheSameOnEveryDevice()
{
    QImage direct(m_widget->size(), QImage::Format_RGB32);
    QImage copied(m_widget->size(), QImage::Format_RGB30);

    m_widget->render(&direct);
    m_widget->render(&copied);

    const QImage other = copied.convertToFormat(QImage::Format_RGB32);
    const QRect lanes = timelineAreas(m_widget->size()).lanes;
    int colored = 0;
    for (int y = lanes.top(); y <= lanes.bottom(); ++y) {
        for (int x = lanes.left(); x <= lanes.right(); ++x) {
            const QColor a = direct.pixelColor(x, y);
            const QColor b = other.pixelColor(x, y);
            QVERIFY2(std::abs(a.red() - b.red()) <= 3 && std::abs(a.green() - b.green()) <= 3
                         && std::abs(a.blue() - b.blue()) <= 3,
                     qPrintable(QStringLiteral("at %1, %2").arg(x).arg(y)));
            colored += a.saturation() > 60 ? 1 : 0;
        }
    }
    QVERIFY(colored > 1'000);
}

void tst_TimelineLooks::writesItsPicture()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral("QPainter")));
    const QTemporaryDir folder;
    const QString png = folder.filePath(QStringLiteral("timeline.png"));
    const QString svg = folder.filePath(QStringLiteral("timeline.svg"));

    QVERIFY(writePicture(*m_widget, png));
    QVERIFY(writePicture(*m_widget, svg));

    QCOMPARE(QImage(png).size(), m_widget->size() * 2);
    QFile file(svg);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("<image"));
    const auto failed = writePicture(*m_widget, folder.filePath(QStringLiteral("no/such.png")));
    QVERIFY(!failed);
    QVERIFY(failed.error().message.contains(QStringLiteral("no/such.png")));
}

void tst_TimelineLooks::tellsWhichEmissionTheMouseIsOn()
{
    QSignalSpy hovered(m_widget.get(), &TimelineWidget::emissionHovered);

    QTest::mouseMove(m_widget.get(), pointOf(200));
    QTest::mouseMove(m_widget.get(), pointOf(350));

    QTRY_COMPARE(hovered.count(), 2);
    QCOMPARE(hovered[0][0].value<std::optional<EmissionId>>(), EmissionId{1});
    QVERIFY(!hovered[1][0].value<std::optional<EmissionId>>());
}

void tst_TimelineLooks::dimsAllButTheEmissionUnderTheMouse()
{
    QTest::mouseMove(m_widget.get(), m_widget->rect().topLeft());
    const auto color = [this](QPoint point) { return picture().pixelColor(point); };
    const QPoint own = pointOf(290); // right of its name
    const QPoint other = pointOf(890);
    const QColor ground = color(pointOf(350));
    const QColor before = color(other);
    const QColor ownBefore = color(own);

    QTest::mouseMove(m_widget.get(), pointOf(200));
    QTRY_VERIFY(color(other) != before);

    const auto dimmed = [&](int bright, int base) { return qRound(0.4 * bright + 0.6 * base); };
    const QColor after = color(other);
    QVERIFY(std::abs(after.red() - dimmed(before.red(), ground.red())) <= 2);
    QVERIFY(std::abs(after.blue() - dimmed(before.blue(), ground.blue())) <= 2);
    QCOMPARE(color(own), ownBefore);
    QCOMPARE(color(pointOf(350)), ground);
}

void tst_TimelineLooks::takesTheColorsOfAnotherPaletteAtOnce()
{
    const auto ground = [this] { return picture().pixelColor(pointOf(350)); };
    QPalette dark(QColor(40, 42, 46));
    dark.setColor(QPalette::Base, QColor(20, 22, 26));
    dark.setColor(QPalette::Text, Qt::white);
    const QColor before = ground();

    m_widget->setPalette(dark);

    QVERIFY(before.lightness() > 200);
    QVERIFY(ground().lightness() < 60);
    QCOMPARE(ground(), TimelineTheme::of(dark).background);
}

QTEST_MAIN(tst_TimelineLooks)
#include "tst_timelinelooks.moc"
