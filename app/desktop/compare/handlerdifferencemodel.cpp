// SPDX-License-Identifier: MIT
#include "handlerdifferencemodel.h"

#include "comparetheme.h"
#include "comparisonrows.h"

#include <fanfare/runs/durationwords.h>

#include <QGuiApplication>
#include <QLocale>

#include <algorithm>
#include <numeric>

namespace Fanfare {

using namespace Qt::StringLiterals;

HandlerDifferenceModel::HandlerDifferenceModel(const Comparison &comparison, QObject *parent)
    : QAbstractTableModel(parent)
    , m_comparison(&comparison)
{
}

void HandlerDifferenceModel::setComparison(const Comparison &comparison)
{
    const bool areSame = std::ranges::equal(comparison.handlers, m_comparison->handlers, {},
                                            &HandlerComparison::key, &HandlerComparison::key);
    if (!areSame)
        beginResetModel();
    m_comparison = &comparison;
    if (!areSame)
        endResetModel();
    else if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

const HandlerComparison &HandlerDifferenceModel::handlerAt(int row) const
{
    return m_comparison->handlers[size_t(row)];
}

int HandlerDifferenceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_comparison->handlers.size());
}

int HandlerDifferenceModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

static QString countText(const HandlerSamples *samples)
{
    return samples ? QLocale().toString(samples->tasks()) : u"–"_s;
}

static QString quantileText(const HandlerSamples *samples, double p)
{
    return samples && !samples->total.isEmpty() ? durationWords(double(samples->total.quantile(p)))
                                                : u"–"_s;
}

static bool isOnBothSides(const HandlerComparison &handler)
{
    return handler.a && handler.b;
}

static QString intervalText(const Difference &difference)
{
    if (difference.judgement == Judgement::TooFew)
        return u"–"_s;
    return HandlerDifferenceModel::tr("%1 to %2")
        .arg(durationWords(difference.shift.lower), durationWords(difference.shift.upper));
}

static QString chanceText(const Difference &difference)
{
    if (difference.judgement == Judgement::TooFew)
        return u"–"_s;
    const double p = difference.test.p;
    return p < 0.001 ? u"p < 0.001"_s : u"p = %1"_s.arg(p, 0, 'f', 3);
}

/// What a cell about the difference of a handler says when the mouse rests on it.
static QVariant effectTip(const HandlerComparison &handler, int column)
{
    const bool isAbout = column == HandlerDifferenceModel::ShiftColumn
        || column == HandlerDifferenceModel::IntervalColumn
        || column == HandlerDifferenceModel::ChanceColumn;
    if (!isAbout || !isOnBothSides(handler) || handler.total.judgement == Judgement::TooFew)
        return {};
    const double larger = handler.total.test.larger;
    return HandlerDifferenceModel::tr("Of 100 pairs of a task of A and one of B, that of B takes "
                                      "longer in %1 (effect size A12 = %2).")
        .arg(qRound(larger * 100))
        .arg(larger, 0, 'f', 2);
}

static QString tailText(const HandlerComparison &handler)
{
    if (handler.total.judgement == Judgement::TooFew)
        return u"–"_s;
    const Shift &tail = handler.tail;
    if (tail.lower <= 0 && tail.upper >= 0)
        return u"~"_s;
    return (tail.estimate > 0 ? u"▲ +"_s : u"▼ "_s) + durationWords(tail.estimate);
}

/// "basics / sleep"
static QString nameOf(const HandlerKey &key)
{
    if (key.name.isEmpty())
        return HandlerDifferenceModel::tr("(not known)");
    const QString plugin = key.plugin.section(u'.', -1);
    return plugin.isEmpty() ? key.name : plugin + u" / "_s + key.name;
}

/// Of all rounds, tasks a second.
static double rateOf(const RunSamples &run, const HandlerSamples &samples)
{
    const double wall = std::accumulate(run.walls.begin(), run.walls.end(), 0.0);
    return wall > 0 ? double(samples.tasks()) * 1e9 / wall : 0;
}

static double waitOf(const HandlerSamples &samples)
{
    return samples.phase(Phase::Queued).mean() + samples.phase(Phase::Sent).mean();
}

static quint64 failedOf(const HandlerSamples &samples)
{
    return samples.tasks() - samples.count(Outcome::Succeeded);
}

/// The number in a column about one side alone, nanoseconds where it is a time; nothing in others.
std::optional<double> HandlerDifferenceModel::sideValue(const HandlerComparison &handler,
                                                        int column) const
{
    if (column < FailedAColumn)
        return std::nullopt;
    const bool isA = (column - FailedAColumn) % 2 == 0;
    const HandlerSamples *samples = isA ? handler.a : handler.b;
    if (!samples)
        return -1;
    switch (isA ? column : column - 1) {
    case FailedAColumn:
        return double(failedOf(*samples));
    case WaitAColumn:
        return waitOf(*samples);
    case NinetyAColumn:
        return double(samples->total.quantile(0.9));
    case MaximumAColumn:
        return double(samples->total.maximum());
    default:
        return rateOf(isA ? *m_comparison->a : *m_comparison->b, *samples);
    }
}

static QString sideText(double value, int column)
{
    if (value < 0)
        return u"–"_s;
    if (column >= HandlerDifferenceModel::RateAColumn)
        return HandlerDifferenceModel::tr("%1/s").arg(
            QLocale().toString(value, 'f', value < 100 ? 1 : 0));
    return column < HandlerDifferenceModel::WaitAColumn ? QLocale().toString(qint64(value))
                                                        : durationWords(value);
}

QString HandlerDifferenceModel::text(const HandlerComparison &handler, int column) const
{
    if (const auto value = sideValue(handler, column))
        return sideText(*value, column);
    switch (column) {
    case NameColumn:
        return nameOf(handler.key);
    case CountAColumn:
        return countText(handler.a);
    case CountBColumn:
        return countText(handler.b);
    case MedianAColumn:
        return quantileText(handler.a, 0.5);
    case MedianBColumn:
        return quantileText(handler.b, 0.5);
    case TailAColumn:
        return quantileText(handler.a, 0.99);
    case TailBColumn:
        return quantileText(handler.b, 0.99);
    default:
        break;
    }
    if (!isOnBothSides(handler)) {
        if (column != ShiftColumn)
            return u"–"_s;
        return handler.a ? tr("only in A") : tr("only in B");
    }
    switch (column) {
    case ShiftColumn:
        return differenceWords(handler.total);
    case IntervalColumn:
        return intervalText(handler.total);
    case ChanceColumn:
        return chanceText(handler.total);
    case TailShiftColumn:
        return tailText(handler);
    default:
        return differenceWords(handler.running);
    }
}

static double quantileOf(const HandlerSamples *samples, double p)
{
    return samples ? double(samples->total.quantile(p)) : -1;
}

double HandlerDifferenceModel::sortValue(const HandlerComparison &handler, int column) const
{
    if (const auto value = sideValue(handler, column))
        return *value;
    switch (column) {
    case CountAColumn:
        return handler.a ? double(handler.a->tasks()) : -1;
    case CountBColumn:
        return handler.b ? double(handler.b->tasks()) : -1;
    case MedianAColumn:
        return quantileOf(handler.a, 0.5);
    case MedianBColumn:
        return quantileOf(handler.b, 0.5);
    case TailAColumn:
        return quantileOf(handler.a, 0.99);
    case TailBColumn:
        return quantileOf(handler.b, 0.99);
    case ChanceColumn:
        return handler.total.test.p;
    case TailShiftColumn:
        return handler.tail.estimate;
    case RunningColumn:
        return handler.running.shift.estimate;
    default:
        return handler.total.shift.estimate;
    }
}

static std::optional<Judgement> judgementOf(const HandlerComparison &handler, int column)
{
    if (!isOnBothSides(handler))
        return std::nullopt;
    if (column == HandlerDifferenceModel::ShiftColumn)
        return handler.total.judgement;
    if (column == HandlerDifferenceModel::RunningColumn)
        return handler.running.judgement;
    return std::nullopt;
}

static QVariant colorOf(std::optional<Judgement> judgement)
{
    if (!judgement)
        return {};
    const CompareTheme theme = CompareTheme::of(QGuiApplication::palette());
    switch (*judgement) {
    case Judgement::Slower:
        return theme.b;
    case Judgement::Faster:
        return theme.a;
    default:
        return theme.dimText;
    }
}

QVariant HandlerDifferenceModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const HandlerComparison &handler = handlerAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(handler, index.column());
    case Qt::ForegroundRole:
        return colorOf(judgementOf(handler, index.column()));
    case Qt::TextAlignmentRole:
        return int((index.column() == NameColumn ? Qt::AlignLeft : Qt::AlignRight)
                   | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        return effectTip(handler, index.column());
    case sortRole:
        return index.column() == NameColumn ? QVariant(text(handler, NameColumn))
                                            : QVariant(sortValue(handler, index.column()));
    default:
        return {};
    }
}

static QStringList titles()
{
    const auto tr = [](const char *text) { return HandlerDifferenceModel::tr(text); };
    return {tr("Handler"),   tr("n A"),       tr("n B"),      tr("p50 A"),     tr("p50 B"),
            tr("p99 A"),     tr("p99 B"),     tr("B − A"),    tr("95 % of"),   tr("Chance"),
            tr("p99 B − A"), tr("Run alone"), tr("Failed A"), tr("Failed B"),  tr("Wait A"),
            tr("Wait B"),    tr("p90 A"),     tr("p90 B"),    tr("Longest A"), tr("Longest B"),
            tr("Rate A"),    tr("Rate B")};
}

static QStringList tips()
{
    const auto tr = [](const char *text) { return HandlerDifferenceModel::tr(text); };
    return {tr("Plugin and handler"),
            tr("Tasks in A"),
            tr("Tasks in B"),
            tr("Half of the tasks of A took at most that long, from emitted to done"),
            tr("Half of the tasks of B took at most that long, from emitted to done"),
            tr("99 of 100 tasks of A took at most that long"),
            tr("99 of 100 tasks of B took at most that long"),
            tr("By how much a task takes longer in B: estimate of Hodges and Lehmann"),
            tr("The interval that contains the true difference in 95 of 100 cases"),
            tr("How probable it is that chance alone made this difference: test of Mann and "
               "Whitney"),
            tr("By how much the slowest of 100 tasks takes longer in B"),
            tr("The same for the handler alone, without waiting and travel"),
            tr("Tasks of A that did not succeed"),
            tr("Tasks of B that did not succeed"),
            tr("How long a mean task of A waited until its handler was entered"),
            tr("How long a mean task of B waited until its handler was entered"),
            tr("90 of 100 tasks of A took at most that long"),
            tr("90 of 100 tasks of B took at most that long"),
            tr("The task of A that took longest"),
            tr("The task of B that took longest"),
            tr("Tasks a second of A, of all rounds"),
            tr("Tasks a second of B, of all rounds")};
}

QVariant HandlerDifferenceModel::headerData(int section, Qt::Orientation orientation,
                                            int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == NameColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    return role == Qt::DisplayRole ? titles().value(section)
        : role == Qt::ToolTipRole  ? tips().value(section)
                                   : QVariant();
}

} // namespace Fanfare
