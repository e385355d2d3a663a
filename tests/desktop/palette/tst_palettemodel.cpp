// SPDX-License-Identifier: MIT
#include "desktop/palette/palettemodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_PaletteModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheOrderWhileNothingIsTyped();
    void whatWasUsedLastComesFirst();
    void theBestMatchComesFirst();
    void anAtSignLooksForHandlersOnly();
    void theReaderAddsWhatItUnderstands();
    void tellsTheMatchedLetters();
    void remembersWhatIsUsedOnceEach();

private:
    QStringList texts() const;

    PaletteModel m_model;
    QAbstractItemModelTester m_tester{&m_model,
                                      QAbstractItemModelTester::FailureReportingMode::QtTest};
};

static PaletteItem item(const QString &id, const QString &text)
{
    return {.id = id, .text = text, .place = {}, .keys = {}, .icon = {}, .run = [] {}};
}

static QList<PaletteItem> someItems()
{
    return {item(u"action:emit"_s, u"Emit"_s), item(u"action:reset"_s, u"Reset layout"_s),
            item(u"handler:basics/sleep"_s, u"Go to sleep"_s),
            item(u"emit:Sleep"_s, u"Emit Sleep"_s)};
}

QStringList tst_PaletteModel::texts() const
{
    QStringList texts;
    for (int row = 0; row < m_model.rowCount(); ++row)
        texts.append(m_model.index(row).data().toString());
    return texts;
}

void tst_PaletteModel::keepsTheOrderWhileNothingIsTyped()
{
    m_model.setItems(someItems(), {});

    QCOMPARE(texts(),
             (QStringList{u"Emit"_s, u"Reset layout"_s, u"Go to sleep"_s, u"Emit Sleep"_s}));
}

void tst_PaletteModel::whatWasUsedLastComesFirst()
{
    m_model.setItems(someItems(), {u"emit:Sleep"_s, u"gone"_s, u"action:reset"_s});

    QCOMPARE(texts(),
             (QStringList{u"Emit Sleep"_s, u"Reset layout"_s, u"Emit"_s, u"Go to sleep"_s}));
}

void tst_PaletteModel::theBestMatchComesFirst()
{
    m_model.setItems(someItems(), {});

    m_model.setPattern(u"emsl"_s);
    const QStringList two = texts();
    m_model.setPattern(u"xyz"_s);

    QCOMPARE(two, (QStringList{u"Emit Sleep"_s}));
    QVERIFY(texts().isEmpty());
    QCOMPARE(m_model.itemAt(0), nullptr);
}

void tst_PaletteModel::anAtSignLooksForHandlersOnly()
{
    m_model.setItems(someItems(), {});

    m_model.setPattern(u"@sl"_s);

    QCOMPARE(texts(), (QStringList{u"Go to sleep"_s}));
}

void tst_PaletteModel::theReaderAddsWhatItUnderstands()
{
    m_model.setReader([](const QString &text) {
        return text == u"#7"_s ? item({}, u"Go to 7"_s) : PaletteItem();
    });
    m_model.setItems(someItems(), {});

    m_model.setPattern(u"#7"_s);
    const QStringList read = texts();
    m_model.setPattern(u"emit"_s);

    QCOMPARE(read, (QStringList{u"Go to 7"_s}));
    QVERIFY(!texts().contains(u"Go to 7"_s));
}

void tst_PaletteModel::tellsTheMatchedLetters()
{
    m_model.setItems(someItems(), {});

    m_model.setPattern(u"lay"_s);

    const QVariant positions = m_model.index(0).data(PaletteModel::PositionsRole);
    QCOMPARE(positions.value<QList<int>>(), (QList{6, 7, 8}));
}

void tst_PaletteModel::remembersWhatIsUsedOnceEach()
{
    QStringList recent;
    for (int i = 0; i < 100; ++i)
        recent = withRecent(recent, QString::number(i % 60));

    QCOMPARE(recent.size(), PaletteModel::mostRecent);
    QCOMPARE(recent.first(), u"39"_s);
    QCOMPARE(recent.removeDuplicates(), 0);
}

QTEST_MAIN(tst_PaletteModel)
#include "tst_palettemodel.moc"
