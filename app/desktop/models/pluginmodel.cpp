// SPDX-License-Identifier: MIT
#include "pluginmodel.h"

#include "catalogview.h"
#include "desktop/appearance.h"
#include "desktop/panes/durationtext.h"
#include "desktop/panes/outcomelook.h"

#include <QFileInfo>
#include <QLocale>

#include <algorithm>
#include <numeric>

namespace Fanfare {

using namespace Qt::StringLiterals;

PluginModel::PluginModel(const RunModel &run, QObject *parent)
    : QAbstractItemModel(parent)
    , m_run(run)
    , m_tallies(run)
{
    reload();
}

void PluginModel::reload()
{
    beginResetModel();
    m_nodes.clear();
    m_plugins.clear();
    QList<PluginFact> plugins = m_run.catalog().plugins;
    std::stable_partition(plugins.begin(), plugins.end(),
                          [](const PluginFact &plugin) { return !plugin.isActive; });
    for (const PluginFact &plugin : plugins)
        addPlugin(plugin);
    sortAll();
    endResetModel();
}

int PluginModel::addNode(Node node)
{
    const int index = int(m_nodes.size());
    QList<int> &siblings = node.parent < 0 ? m_plugins : m_nodes[size_t(node.parent)].children;
    node.row = int(siblings.size());
    siblings.append(index);
    m_nodes.push_back(std::move(node));
    return index;
}

static QString pluginName(const PluginFact &plugin)
{
    const QString name = plugin.name.isEmpty() ? QFileInfo(plugin.path).fileName() : plugin.name;
    return plugin.version.isEmpty() ? name : name + u' ' + plugin.version;
}

static QString pluginTip(const PluginFact &plugin)
{
    QStringList parts{plugin.isActive ? plugin.summary : plugin.message, plugin.path};
    if (!plugin.isActive)
        parts << plugin.code << plugin.loaderText;
    parts.removeAll(QString());
    return parts.join(u'\n');
}

static bool isRefused(const PluginFact &plugin)
{
    return plugin.state == PluginState::Refused || !plugin.code.isEmpty();
}

/// What the row of a file says that is on its way to become a plugin.
static QString progressText(PluginState state)
{
    return state == PluginState::Seen ? PluginModel::tr("Waiting until it is written completely…")
                                      : PluginModel::tr("Being checked…");
}

void PluginModel::addPlugin(const PluginFact &plugin)
{
    const int index =
        addNode({.kind = Node::Plugin,
                 .name = pluginName(plugin),
                 .tip = pluginTip(plugin),
                 .path = plugin.path,
                 .file = isRefused(plugin) || plugin.newBuild ? plugin.path : QString(),
                 .isRefused = !plugin.isActive,
                 .subject = plugin.isActive ? std::optional(subjectOf(plugin)) : std::nullopt});
    if (!plugin.isActive) {
        addNode({.kind = Node::Refusal,
                 .parent = index,
                 .name = isRefused(plugin) ? plugin.message : progressText(plugin.state),
                 .tip = pluginTip(plugin),
                 .path = plugin.path,
                 .file = isRefused(plugin) ? plugin.path : QString(),
                 .isRefused = true});
        return;
    }
    if (plugin.newBuild)
        addNewBuild(index, plugin);
    for (const QString &event : eventsOf(plugin)) {
        const EventFact *fact = findEvent(m_run.catalog(), event);
        addHandlers(addNode({.kind = Node::Event,
                             .parent = index,
                             .name = event,
                             .tip = fact ? fact->summary : QString(),
                             .event = event,
                             .subject = fact ? std::optional(subjectOf(*fact)) : std::nullopt}),
                    plugin, event);
    }
}

void PluginModel::addNewBuild(int pluginNode, const PluginFact &plugin)
{
    const NewBuildFact &build = *plugin.newBuild;
    const bool isWaiting = build.code == "restart-needed"_L1;
    QStringList tip{build.message, plugin.path, build.code, build.loaderText};
    tip.removeAll(QString());
    addNode({.kind = Node::Refusal,
             .parent = pluginNode,
             .name = isWaiting ? build.message : tr("New build refused: %1").arg(build.message),
             .tip = tip.join(u'\n'),
             .path = plugin.path,
             .file = plugin.path,
             .isRefused = true});
}

static QString handlerBlockTip(const HandlerFact &handler)
{
    QStringList parts{handler.block->text, handler.crash ? handler.crash->text : QString(),
                      handler.block->code};
    parts.removeAll(QString());
    return parts.join(u'\n');
}

void PluginModel::addHandlers(int eventNode, const PluginFact &plugin, const QString &event)
{
    for (const HandlerFact &handler : plugin.handlers) {
        if (!handler.events.contains(event) && !handler.events.contains(u"*"_s))
            continue;
        const QString kind = handler.isAsync
            ? tr("Async handler: a coroutine, occupies no worker "
                 "while it waits")
            : tr("Sync handler: occupies its worker until it returns");
        const int node =
            addNode({.kind = Node::Handler,
                     .parent = eventNode,
                     .name = handler.name,
                     .tip = handler.summary.isEmpty() ? kind : handler.summary + u'\n' + kind,
                     .event = event,
                     .handler = m_run.handlerIndex(handler.subscriber),
                     .isAsync = handler.isAsync,
                     .subject = subjectOf(plugin, handler)});
        if (handler.block) {
            addNode({.kind = Node::Refusal,
                     .parent = node,
                     .name = handler.block->text,
                     .tip = handlerBlockTip(handler),
                     .event = event,
                     .subject = subjectOf(plugin, handler)});
        }
    }
}

void PluginModel::refreshCounts()
{
    if (m_tallies.refresh())
        takeCounts();
}

void PluginModel::recount()
{
    m_tallies.startAgain();
    m_tallies.refresh();
    takeCounts();
}

void PluginModel::takeCounts()
{
    announceCounts(m_plugins);
    sort(m_sortColumn, m_sortOrder);
}

void PluginModel::announceCounts(const QList<int> &siblings)
{
    if (siblings.isEmpty())
        return;
    Q_EMIT dataChanged(
        createIndex(0, LastColumn, quintptr(siblings.first())),
        createIndex(int(siblings.size()) - 1, RatesColumn, quintptr(siblings.last())),
        {Qt::DisplayRole, Qt::DecorationRole, RatesRole});
    for (int index : siblings)
        announceCounts(m_nodes[size_t(index)].children);
}

QString PluginModel::eventAt(const QModelIndex &index) const
{
    return index.isValid() ? node(index).event : QString();
}

bool PluginModel::hasFigures(const QModelIndex &index) const
{
    return index.isValid() && node(index).kind == Node::Handler;
}

QString PluginModel::fileAt(const QModelIndex &index) const
{
    return index.isValid() ? node(index).path : QString();
}

QString PluginModel::refusedFileAt(const QModelIndex &index) const
{
    return index.isValid() ? node(index).file : QString();
}

std::optional<RuleSubject> PluginModel::subjectAt(const QModelIndex &index) const
{
    return index.isValid() ? node(index).subject : std::nullopt;
}

QModelIndex PluginModel::indexOf(const PolicyTarget &target, const QString &event) const
{
    for (size_t i = 0; i < m_nodes.size(); ++i) {
        const Node &candidate = m_nodes[i];
        if (candidate.kind != Node::Refusal && candidate.subject
            && candidate.subject->target == target && candidate.event == event)
            return createIndex(candidate.row, 0, quintptr(i));
    }
    return {};
}

const PluginModel::Node &PluginModel::node(const QModelIndex &index) const
{
    return m_nodes[index.internalId()];
}

QModelIndex PluginModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column < 0 || row >= rowCount(parent) || column >= columnCount(parent))
        return {};
    const QList<int> &siblings = parent.isValid() ? node(parent).children : m_plugins;
    return createIndex(row, column, quintptr(siblings[row]));
}

QModelIndex PluginModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || node(index).parent < 0)
        return {};
    const int above = node(index).parent;
    return createIndex(m_nodes[size_t(above)].row, 0, quintptr(above));
}

int PluginModel::rowCount(const QModelIndex &parent) const
{
    if (parent.isValid() && parent.column() > 0)
        return 0;
    return int((parent.isValid() ? node(parent).children : m_plugins).size());
}

int PluginModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

const HandlerTally *PluginModel::tallyOf(const Node &node) const
{
    return node.kind == Node::Handler ? m_tallies.find(node.handler) : nullptr;
}

QVariant PluginModel::tallyText(const Node &node, int column) const
{
    const HandlerTally *tally = tallyOf(node);
    if (!tally)
        return {};
    if (column == CallsColumn)
        return QLocale().toString(tally->calls);
    if (column == FailuresColumn && tally->failures > 0)
        return QLocale().toString(tally->failures);
    if (column == MedianColumn && tally->ran.count() > 0)
        return durationText(tally->ran.quantile(0.5));
    return {};
}

QVariant PluginModel::iconOf(const Node &node) const
{
    switch (node.kind) {
    case Node::Plugin:
        return node.isRefused ? symbolIcon(u"warning"_s, Accent::Caution) : symbolIcon(u"plugin"_s);
    case Node::Event:
        return symbolIcon(u"event"_s, Accent::Neutral);
    case Node::Handler:
        return symbolIcon(node.isAsync ? u"handler-async"_s : u"handler-sync"_s, Accent::Neutral);
    case Node::Refusal:
        if (node.parent >= 0 && !m_nodes[size_t(node.parent)].isRefused)
            return symbolIcon(u"warning"_s, Accent::Caution);
        break;
    }
    return {};
}

QVariant PluginModel::decorationOf(const Node &node, int column) const
{
    if (column == NameColumn)
        return iconOf(node);
    const HandlerTally *tally = column == LastColumn ? tallyOf(node) : nullptr;
    return tally ? QVariant(outcomeIcon(tally->last)) : QVariant();
}

/// What a cell without a text says to a screen reader, and as a tooltip to everybody.
QVariant PluginModel::wordsOf(const Node &node, int column) const
{
    const HandlerTally *tally = tallyOf(node);
    if (tally && column == LastColumn)
        return tr("Last call: %1").arg(outcomeText(tally->last));
    if (!tally || column != RatesColumn)
        return {};
    const CallRates rates = m_tallies.ratesOf(node.handler);
    return tr("%L1 calls ended in the last minute of the run, at most %L2 in a second")
        .arg(std::accumulate(rates.begin(), rates.end(), quint64(0)))
        .arg(*std::max_element(rates.begin(), rates.end()));
}

QVariant PluginModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &item = node(index);
    if (role == Qt::DisplayRole)
        return index.column() == NameColumn ? item.name : tallyText(item, index.column());
    if (role == Qt::DecorationRole)
        return decorationOf(item, index.column());
    if (role == RatesRole && index.column() == RatesColumn && tallyOf(item))
        return QVariant::fromValue(m_tallies.ratesOf(item.handler));
    if (role == IsSentenceRole)
        return item.kind == Node::Refusal;
    if (role == Qt::AccessibleTextRole)
        return wordsOf(item, index.column());
    if (role == Qt::ToolTipRole && wordsOf(item, index.column()).isValid())
        return wordsOf(item, index.column());
    if (role == Qt::ToolTipRole)
        return item.tip.isEmpty() ? item.name : item.tip;
    if (role == Qt::TextAlignmentRole && index.column() != NameColumn)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ForegroundRole && item.isRefused)
        return accentColor(Accent::Neutral, QPalette());
    if (role == Qt::ForegroundRole && index.column() == FailuresColumn)
        return accentColor(Accent::Bad, QPalette());
    return {};
}

Qt::ItemFlags PluginModel::flags(const QModelIndex &index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

} // namespace Fanfare
