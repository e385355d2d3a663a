// SPDX-License-Identifier: MIT
#pragma once

#include "handlertallies.h"
#include "rulesubject.h"
#include "runmodel.h"

#include <QAbstractItemModel>

namespace Fanfare {

/// Plugins, below them their events, below those the handlers that react, with what became of
/// their calls: how the last one ended, how many there were and failed, half of them ran no longer
/// than what, how many ended in each second of the last minute. Refused plugins come first, with
/// one row below: the sentence that says why. A handler that is not started has such a row as well.
class PluginModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column {
        NameColumn,
        LastColumn,
        CallsColumn,
        FailuresColumn,
        MedianColumn,
        RatesColumn,
        ColumnCount
    };
    enum Role {
        IsSentenceRole = Qt::UserRole, ///< the row holds a text to be read in full
        RatesRole,                     ///< CallRates, of handlers in their column
    };

    explicit PluginModel(const RunModel &run, QObject *parent = nullptr);

    void reload();        ///< after the catalog changed
    void refreshCounts(); ///< costs what is new since the last call
    void recount();       ///< after the run lost spans or got some back

    QString eventAt(const QModelIndex &index) const; ///< of an event or handler row, else empty

    bool hasFigures(const QModelIndex &index) const; ///< other columns than the name say something

    /// The file of a plugin row, or of the row that says what is wrong with it; else empty.
    QString fileAt(const QModelIndex &index) const;

    /// The same of a file which another try could change.
    QString refusedFileAt(const QModelIndex &index) const;

    /// What the row is about, as far as rules go; nothing for refused files and sentences.
    std::optional<RuleSubject> subjectAt(const QModelIndex &index) const;

    /// The row of \a target; of a handler below \a event, since it may be below several.
    QModelIndex indexOf(const PolicyTarget &target, const QString &event) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    /// Sorts siblings, now and when their figures change; by a \a column below 0 as they were
    /// found.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    int sortColumn() const { return m_sortColumn; } ///< below 0: none

private:
    struct Node
    {
        enum Kind : quint8 { Plugin, Event, Handler, Refusal } kind = Plugin;
        int parent = -1; ///< index into m_nodes
        int row = 0;     ///< among its siblings
        QList<int> children;
        QString name;
        QString tip;
        QString event;       ///< of events and handlers
        QString path;        ///< of plugins and what is wrong with them
        QString file;        ///< of what was refused
        quint32 handler = 0; ///< RunModel's, of handlers
        bool isAsync = false;
        bool isRefused = false;
        std::optional<RuleSubject> subject;
    };

    int addNode(Node node);
    void addPlugin(const PluginFact &plugin);
    void addNewBuild(int pluginNode, const PluginFact &plugin);
    void addHandlers(int eventNode, const PluginFact &plugin, const QString &event);
    const Node &node(const QModelIndex &index) const;
    const HandlerTally *tallyOf(const Node &node) const; ///< null when there is nothing to tell
    QVariant tallyText(const Node &node, int column) const;
    QVariant wordsOf(const Node &node, int column) const;
    QVariant decorationOf(const Node &node, int column) const;
    QVariant iconOf(const Node &node) const;
    void takeCounts();
    void announceCounts(const QList<int> &siblings);
    double figureOf(const Node &node, int column) const;
    bool comesBefore(int left, int right) const;
    void sortSiblings(QList<int> &siblings);
    void sortAll();
    bool isSorted() const;

    const RunModel &m_run;
    std::vector<Node> m_nodes;
    QList<int> m_plugins; ///< the top level
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    HandlerTallies m_tallies;
};

} // namespace Fanfare
