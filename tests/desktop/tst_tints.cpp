// SPDX-License-Identifier: MIT
#include "desktop/tints.h"

#include "desktop/appearance.h"
#include "desktop/timeline/timelinetheme.h"

#include <QApplication>
#include <QTest>

#include <set>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_Tints : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsReadableOnAllOfThem_data();
    void textIsReadableOnAllOfThem();
    void haveNamesOfTheirOwn();
};

void tst_Tints::textIsReadableOnAllOfThem_data()
{
    QTest::addColumn<ColorScheme>("scheme");

    QTest::newRow("light") << ColorScheme::Light;
    QTest::newRow("dark") << ColorScheme::Dark;
}

void tst_Tints::textIsReadableOnAllOfThem()
{
    QFETCH(ColorScheme, scheme);
    applyColorScheme(scheme);
    const QPalette palette = QApplication::palette();
    const QRgb text = palette.color(QPalette::Text).rgb();

    for (int i = 0; i < tintCount; ++i) {
        const QColor color = tintColor(Tint(i), palette);
        const QColor selected = blended(color, palette.color(QPalette::Highlight), 0.18);
        QVERIFY2(contrastOf(text, color.rgb()) >= 4.5, qPrintable(tintName(Tint(i))));
        QVERIFY2(contrastOf(text, selected.rgb()) >= 4.5, qPrintable(tintName(Tint(i))));
        QVERIFY(color != palette.color(QPalette::Base));
    }
}

void tst_Tints::haveNamesOfTheirOwn()
{
    std::set<QString> names;
    for (int i = 0; i < tintCount; ++i) {
        names.insert(tintName(Tint(i)));
        QVERIFY(tintNamed(tintName(Tint(i))) == Tint(i));
    }

    QCOMPARE(names.size(), size_t(tintCount));
    QVERIFY(!tintNamed(u"beige"_s));
}

QTEST_MAIN(tst_Tints)
#include "tst_tints.moc"
