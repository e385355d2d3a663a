// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/comparison.h>

#include <QListWidget>

#include <vector>

namespace Fanfare {

/// One thing that the sides did not do alike, in words.
struct StructureEntry
{
    QString text;
    HandlerKey handler; ///< that it is about; without a name: the emissions below
    EmissionId inA{};   ///< 0: it is about a handler
    EmissionId inB{};   ///< the same one

    bool operator==(const StructureEntry &other) const = default;
};

/// Handlers that ran on one side only, or another number of times, and emissions that called theirs
/// in another order, the most frequent orders first; at most mostStructureEntries. [any]
std::vector<StructureEntry> structureEntries(const Comparison &comparison);

inline constexpr size_t mostStructureEntries = 100;

/// What the sides did not do alike, one a line; to choose a line shows it in both timelines.
///
/// Threads: [gui].
class StructureList final : public QListWidget
{
    Q_OBJECT

public:
    explicit StructureList(QWidget *parent = nullptr);

    void setEntries(const std::vector<StructureEntry> &entries);

Q_SIGNALS:
    void handlerWanted(const Fanfare::HandlerKey &handler);
    void emissionWanted(Fanfare::EmissionId inA, Fanfare::EmissionId inB);

private:
    void choose(const QListWidgetItem *item);

    std::vector<StructureEntry> m_entries; ///< by row
};

} // namespace Fanfare
