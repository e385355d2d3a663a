// SPDX-License-Identifier: MIT
#include "desktop/panes/valuetree.h"

#include <QCborArray>
#include <QCborMap>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_ValueTree final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isForWhatHasPartsInItsParts();
    void showsPartsWhenTheyAreUnfolded();
    void unfoldsWhatFits();
    void countsWhatItDoesNotShow();
    void copiesTheChosenPart();
    void growsUpToItsRows();
};

void tst_ValueTree::isForWhatHasPartsInItsParts()
{
    QVERIFY(!isNested(u"text"_s));
    QVERIFY(!isNested(QCborArray{1, 2}));
    QVERIFY(!isNested(QCborMap{{u"a"_s, 1}, {u"b"_s, QCborArray()}}));
    QVERIFY(isNested(QCborArray{1, QCborMap{{u"a"_s, 1}}}));
    QVERIFY(isNested(QCborMap{{u"a"_s, QCborArray{1}}}));
}

void tst_ValueTree::showsPartsWhenTheyAreUnfolded()
{
    ValueTree tree(2);
    tree.setValue(QCborMap{{u"size"_s, QCborMap{{u"w"_s, 640}, {u"h"_s, 480}}}, {u"ok"_s, true}});
    QTreeWidgetItem *size = tree.topLevelItem(0);
    const int before = size->childCount();

    tree.expandItem(size);

    QCOMPARE(tree.topLevelItemCount(), 2);
    QCOMPARE(size->text(0), u"size"_s);
    QCOMPARE(size->text(1), u"2 fields"_s);
    QCOMPARE(tree.topLevelItem(1)->text(1), u"true"_s);
    QCOMPARE(before, 0);
    QCOMPARE(size->childCount(), 2);
    QCOMPARE(size->child(1)->text(0), u"h"_s);
    QCOMPARE(size->child(1)->text(1), u"480"_s);
}

void tst_ValueTree::unfoldsWhatFits()
{
    const QCborArray list{1, 2, 3, 4, 5, 6, 7, 8};
    ValueTree tree(8);

    tree.setValue(QCborMap{{u"list"_s, list}, {u"size"_s, QCborMap{{u"w"_s, QCborArray{1, 2}}}}});

    const QTreeWidgetItem *size = tree.topLevelItem(1);
    QVERIFY(!tree.topLevelItem(0)->isExpanded()); // ten rows would not fit
    QVERIFY(size->isExpanded());
    QVERIFY(size->child(0)->isExpanded());
    QCOMPARE(size->child(0)->childCount(), 2);
}

void tst_ValueTree::countsWhatItDoesNotShow()
{
    QCborArray many;
    for (int i = 0; i < int(ValueTree::mostParts) + 5; ++i)
        many.append(i);
    ValueTree tree(10);

    tree.setValue(QCborArray{many});
    tree.expandItem(tree.topLevelItem(0));

    QTreeWidgetItem *list = tree.topLevelItem(0);
    QCOMPARE(list->childCount(), int(ValueTree::mostParts) + 1);
    QVERIFY(list->child(list->childCount() - 1)->text(1).startsWith(u"5 more"_s));
}

void tst_ValueTree::copiesTheChosenPart()
{
    ValueTree tree(10);
    tree.setValue(QCborMap{{u"a"_s, QCborArray{u"x"_s}}, {u"b"_s, 2}});
    const QString all = tree.currentJson();

    tree.setCurrentItem(tree.topLevelItem(0));

    QVERIFY(all.contains(u"\"b\": 2"_s));
    QCOMPARE(tree.currentJson().simplified(), u"[ \"x\" ]"_s);
}

void tst_ValueTree::growsUpToItsRows()
{
    ValueTree tree(4);
    tree.setValue(QCborArray{QCborArray{1, 2, 3, 4, 5}, 1});
    const int folded = tree.sizeHint().height();

    tree.expandItem(tree.topLevelItem(0));

    const int line = tree.visualItemRect(tree.topLevelItem(0)).height();
    QCOMPARE(tree.sizeHint().height() - folded, 2 * line); // seven rows, of which four are seen
}

QTEST_MAIN(tst_ValueTree)
#include "tst_valuetree.moc"
