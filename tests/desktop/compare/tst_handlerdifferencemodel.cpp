// SPDX-License-Identifier: MIT
#include "core/runs/samplerun.h"
#include "desktop/compare/handlerdifferencemodel.h"

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_HandlerDifferenceModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsChanceAndEffectWhereItCan();
};

void tst_HandlerDifferenceModel::tellsChanceAndEffectWhereItCan()
{
    const RunSamples fast = sampled({}, 1);
    const RunSamples slow = sampled({.run = 3e6}, 2);
    const RunSamples few = sampled({.rounds = 1, .tasks = 5}, 3);
    const Comparison judged = compareRuns(fast, slow);
    const Comparison unjudged = compareRuns(fast, few);

    const HandlerDifferenceModel model(judged);
    const HandlerDifferenceModel silent(unjudged);

    using Model = HandlerDifferenceModel;
    QCOMPARE(model.index(0, Model::ChanceColumn).data().toString(), u"p < 0.001"_s);
    QCOMPARE(silent.index(0, Model::ChanceColumn).data().toString(), u"–"_s);
    QCOMPARE(silent.index(0, Model::IntervalColumn).data().toString(), u"–"_s);
    for (const int column : {Model::ShiftColumn, Model::IntervalColumn, Model::ChanceColumn}) {
        QCOMPARE(model.index(0, column).data(Qt::ToolTipRole).toString(),
                 u"Of 100 pairs of a task of A and one of B, that of B takes longer in 100 (effect "
                 "size A12 = 1.00)."_s);
        QVERIFY(!silent.index(0, column).data(Qt::ToolTipRole).isValid());
    }
    QVERIFY(!model.index(0, Model::NameColumn).data(Qt::ToolTipRole).isValid());
}

QTEST_MAIN(tst_HandlerDifferenceModel)
#include "tst_handlerdifferencemodel.moc"
