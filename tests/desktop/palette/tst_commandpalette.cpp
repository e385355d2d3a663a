// SPDX-License-Identifier: MIT
#include "desktop/palette/commandpalette.h"

#include <QLineEdit>
#include <QListView>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_CommandPalette : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void enterDoesWhatFitsBest();
    void isAsHighAsWhatFits();
    void arrowsChoose();
    void escapeDoesNothingAndGivesTheFocusBack();
    void remembersWhatWasUsed();
    void asksItsSourcesEachTime();
    void staysWithinSixteenMillisecondsForTwoThousandItems();

private:
    QLineEdit *line() { return m_palette->findChild<QLineEdit *>(); }

    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<QWidget> m_window;
    QLineEdit *m_other = nullptr;
    CommandPalette *m_palette = nullptr;
    QStringList m_story;
    int m_asked = 0;
};

void tst_CommandPalette::init()
{
    m_settings = std::make_unique<QSettings>(m_folder.filePath(u"s.ini"_s), QSettings::IniFormat);
    m_settings->clear();
    m_window = std::make_unique<QWidget>();
    m_window->resize(800, 600);
    m_other = new QLineEdit(m_window.get());
    m_palette = new CommandPalette(*m_window, *m_settings);
    m_story.clear();
    m_asked = 0;
    m_palette->addSource([this] {
        ++m_asked;
        QList<PaletteItem> items;
        for (const QString &text : {u"Emit"_s, u"Reset layout"_s, u"Restart engine"_s})
            items.append({.id = text,
                          .text = text,
                          .place = {},
                          .keys = {},
                          .icon = {},
                          .run = [this, text] { m_story.append(text); }});
        return items;
    });
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_other->setFocus();
}

void tst_CommandPalette::cleanup()
{
    m_window.reset();
}

void tst_CommandPalette::enterDoesWhatFitsBest()
{
    m_palette->open();
    QTest::keyClicks(line(), u"lay"_s);

    QTest::keyClick(line(), Qt::Key_Return);

    QCOMPARE(m_story, (QStringList{u"Reset layout"_s}));
    QVERIFY(!m_palette->isVisible());
}

void tst_CommandPalette::isAsHighAsWhatFits()
{
    m_palette->open();
    const auto list = m_palette->findChild<QListView *>();
    const int row = list->sizeHintForRow(0);
    const int three = m_palette->height();

    QTest::keyClicks(line(), u"lay"_s);

    QCOMPARE(list->height(), row);
    QCOMPARE(m_palette->height(), three - 2 * row);
}

void tst_CommandPalette::arrowsChoose()
{
    m_palette->open();

    for (const auto key : {Qt::Key_Down, Qt::Key_Down, Qt::Key_Down, Qt::Key_Up, Qt::Key_Return})
        QTest::keyClick(line(), key);

    QCOMPARE(m_story, (QStringList{u"Reset layout"_s}));
}

void tst_CommandPalette::escapeDoesNothingAndGivesTheFocusBack()
{
    m_palette->open();
    QVERIFY(line()->hasFocus());

    QTest::keyClick(line(), Qt::Key_Escape);

    QVERIFY(m_story.isEmpty());
    QVERIFY(!m_palette->isVisible());
    QVERIFY(m_other->hasFocus());
}

void tst_CommandPalette::remembersWhatWasUsed()
{
    m_palette->open(u"restart"_s);
    QTest::keyClick(line(), Qt::Key_Return);

    m_palette->open();
    QTest::keyClick(line(), Qt::Key_Return);

    QCOMPARE(m_story, (QStringList{u"Restart engine"_s, u"Restart engine"_s}));
}

void tst_CommandPalette::asksItsSourcesEachTime()
{
    m_palette->open();
    m_palette->dismiss();
    m_palette->open();

    QCOMPARE(m_asked, 2);
}

void tst_CommandPalette::staysWithinSixteenMillisecondsForTwoThousandItems()
{
    PaletteModel model;
    QList<PaletteItem> items;
    for (int i = 0; i < 2000; ++i)
        items.append({.id = QString::number(i),
                      .text = u"Emit event number %1 of many"_s.arg(i),
                      .place = {},
                      .keys = {},
                      .icon = {},
                      .run = [] {}});
    model.setItems(items, {});

    QBENCHMARK_ONCE
    {
        model.setPattern(u"evnum 19"_s);
    }

    QVERIFY(model.rowCount() > 0);
}

QTEST_MAIN(tst_CommandPalette)
#include "tst_commandpalette.moc"
