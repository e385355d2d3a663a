// SPDX-License-Identifier: MIT
#pragma once

#include "runmodel.h"

#include <QAbstractTableModel>
#include <QTime>

#include <chrono>
#include <deque>
#include <optional>

namespace Fanfare {

/// What was emitted, the newest first, with what became of its tasks.
///
/// Threads: [gui]. refreshCounts() costs what is new since the last call.
class EmissionHistory final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { EventColumn, ArgumentsColumn, TimeColumn, OutcomeColumn, ColumnCount };
    static constexpr size_t maximumCount = 1000; ///< older ones are forgotten

    explicit EmissionHistory(const RunModel &run, QObject *parent = nullptr);

    struct Entry
    {
        EmissionId first{};
        EmitCommand command;
        QTime time;
        std::array<quint64, outcomeCount> outcomes{}; ///< of its finished tasks
        std::chrono::milliseconds pause{};            ///< in which nothing was emitted, before it
    };

    /// \a command was accepted; its emissions are \a first and following. With \a goesOn it is more
    /// of the newest entry, which it must follow; else there was a \a pause before it.
    void add(EmissionId first, const EmitCommand &command, bool goesOn,
             std::chrono::milliseconds pause = {});

    /// The entry of this emission has another background.
    void setHovered(std::optional<EmissionId> emission);

    void refreshCounts();
    void takeAsCounted(); ///< all tasks the run has now

    const std::deque<Entry> &entries() const { return m_entries; }
    void remove(const std::deque<Entry> &entries);
    void restore(const std::deque<Entry> &entries); ///< what was removed, to where it was
    const Entry *entryAt(int row) const;            ///< null when there is no such row

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override; ///< of the first entry
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    Entry *entryOf(EmissionId emission);
    int rowOf(std::optional<EmissionId> emission) const; ///< -1 when there is none
    bool tryExtend(EmissionId first, const EmitCommand &command);

    const RunModel &m_run;
    std::deque<Entry> m_entries; // the newest first, so by falling number of the first emission
    std::optional<EmissionId> m_hovered;
    size_t m_seen = 0; ///< finished tasks of the run that are counted
};

} // namespace Fanfare
