// SPDX-License-Identifier: MIT
#pragma once

#include "rulesubject.h"
#include "runmodel.h"

#include <QAbstractItemModel>

namespace Fanfare {

/// Plugins, below them their events, below those the handlers that react, with counts of calls
/// and failures. Refused plugins come first, with one row below: the sentence that says why. A
/// handler that is not started has such a row as well.
class PluginModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, CallsColumn, FailuresColumn, ColumnCount };
    enum Role { IsSentenceRole = Qt::UserRole }; ///< the row holds a text to be read in full

    explicit PluginModel(const RunModel &run, QObject *parent = nullptr);

    void reload();        ///< after the catalog changed
    void refreshCounts(); ///< costs what is new since the last call

    QString eventAt(const QModelIndex &index) const; ///< of an event or handler row, else empty

    /// The file of a plugin row, or of the row that says what is wrong with it, which another try
    /// could change; else empty.
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

private:
    struct Counts
    {
        quint64 calls = 0;
        quint64 failures = 0;
    };
    struct Node
    {
        enum Kind : quint8 { Plugin, Event, Handler, Refusal } kind = Plugin;
        int parent = -1; ///< index into m_nodes
        int row = 0;     ///< among its siblings
        QList<int> children;
        QString name;
        QString tip;
        QString event;       ///< of events and handlers
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
    void resetCounts();
    const Node &node(const QModelIndex &index) const;
    Counts countsOf(const Node &node) const;
    QVariant countText(const Node &node, int column) const;
    QVariant iconOf(const Node &node) const;
    void announceCounts(const QList<int> &siblings);

    const RunModel &m_run;
    std::vector<Node> m_nodes;
    QList<int> m_plugins;         ///< the top level
    std::vector<Counts> m_counts; ///< by RunModel's handler index
    size_t m_counted = 0;         ///< spans of the run
};

} // namespace Fanfare
