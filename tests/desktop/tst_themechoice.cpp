// SPDX-License-Identifier: MIT
#include "desktop/themechoice.h"

#include "desktop/actionregistry.h"
#include "desktop/preferences/preferences.h"
#include "desktop/timeline/timelinetheme.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QSettings>
#include <QStyleOptionButton>
#include <QTemporaryDir>
#include <QTest>
#include <QWidget>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_ThemeChoice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void switchesWhileTheWindowIsOpen();
    void anEmptyBoxIsSeenInTheDark();
};

void tst_ThemeChoice::switchesWhileTheWindowIsOpen()
{
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(u"s.ini"_s), QSettings::IniFormat);
    QWidget window;
    ActionRegistry registry(window);
    Preferences preferences(allPreferences(), settings);
    const ThemeChoice choice(registry, preferences, ColorScheme::System);
    const QPalette desktop = window.palette();
    window.show();

    registry.find(u"view.theme.dark"_s)->trigger();
    QTRY_VERIFY(isDark(window.palette()));
    QVERIFY(savedColorScheme(settings) == ColorScheme::Dark);

    registry.find(u"view.theme.light"_s)->trigger();
    QTRY_VERIFY(!isDark(window.palette()));

    registry.find(u"view.theme.system"_s)->trigger();
    QTRY_COMPARE(window.palette().color(QPalette::Window), desktop.color(QPalette::Window));
    QVERIFY(savedColorScheme(settings) == ColorScheme::System);

    QVERIFY(preferences.set(u"window/theme"_s, u"dark"_s)); // by the dialog
    QTRY_VERIFY(isDark(window.palette()));
    QVERIFY(registry.find(u"view.theme.dark"_s)->isChecked());
}

void tst_ThemeChoice::anEmptyBoxIsSeenInTheDark()
{
    applyColorScheme(ColorScheme::Light);
    QWidget window;
    QCheckBox box(u"Selection"_s, &window);
    window.show();
    applyColorScheme(ColorScheme::Dark);
    QTRY_VERIFY(isDark(box.palette()));
    box.resize(box.sizeHint());
    QStyleOptionButton option;
    option.initFrom(&box);
    const QPoint middle =
        box.style()->subElementRect(QStyle::SE_CheckBoxIndicator, &option, &box).center();

    const QImage picture = box.grab().toImage();
    const QRgb inside = picture.pixel(middle * picture.devicePixelRatio());

    QVERIFY(contrastOf(inside, box.palette().color(QPalette::Window).rgb()) >= 3);
    QVERIFY(contrastOf(inside, box.palette().color(QPalette::Text).rgb()) >= 3); // the check mark
    applyColorScheme(ColorScheme::Light);
    QTRY_COMPARE(box.palette().color(QPalette::Base),
                 QApplication::palette().color(QPalette::Base));
}

QTEST_MAIN(tst_ThemeChoice)
#include "tst_themechoice.moc"
