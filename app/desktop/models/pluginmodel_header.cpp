// SPDX-License-Identifier: MIT
#include "pluginmodel.h"

namespace Fanfare {

using namespace Qt::StringLiterals;

/// What heads a column: a few letters in a narrow pane, and the words they stand for.
struct ColumnTitle
{
    QString text;
    QString name;
    QString tip;
};

static ColumnTitle titleOf(int column)
{
    switch (column) {
    case PluginModel::LastColumn:
        return {PluginModel::tr("Last"), PluginModel::tr("Last result"),
                PluginModel::tr("How the call ended that ended last")};
    case PluginModel::CallsColumn:
        return {PluginModel::tr("Calls"), PluginModel::tr("Calls"),
                PluginModel::tr("Calls that have ended")};
    case PluginModel::FailuresColumn:
        return {u"✕"_s, PluginModel::tr("Failed"), PluginModel::tr("Calls that failed")};
    case PluginModel::MedianColumn:
        return {PluginModel::tr("Median"), PluginModel::tr("Median"),
                PluginModel::tr("Half of the calls ran no longer than this")};
    case PluginModel::RatesColumn:
        return {PluginModel::tr("60 s"), PluginModel::tr("Calls per second"),
                PluginModel::tr("Calls that ended in each second of the last minute")};
    default:
        return {PluginModel::tr("Plugins"), PluginModel::tr("Plugins, events, handlers"), {}};
    }
}

QVariant PluginModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const ColumnTitle title = titleOf(section);
    switch (role) {
    case Qt::DisplayRole:
        return title.text;
    case Qt::AccessibleTextRole:
        return title.name;
    case Qt::ToolTipRole:
        return title.tip.isEmpty() ? QVariant() : title.tip;
    case Qt::TextAlignmentRole:
        return int((section == NameColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case Qt::InitialSortOrderRole:
        return int(section == NameColumn ? Qt::AscendingOrder : Qt::DescendingOrder);
    default:
        return {};
    }
}

} // namespace Fanfare
