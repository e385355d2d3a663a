// SPDX-License-Identifier: MIT
#pragma once

#include "fuzzymatch.h"
#include "paletteitem.h"

#include <QAbstractListModel>
#include <QStringList>

namespace Fanfare {

/// The items of the palette that fit what was typed, the best first; with nothing typed those that
/// were used last come first.
///
/// Threads: [gui]. setPattern() is O(items), 2,000 of them take a few milliseconds.
class PaletteModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { PlaceRole = Qt::UserRole, KeysRole, PositionsRole, CheckedRole };
    static constexpr qsizetype mostRecent = 50; ///< that are remembered

    explicit PaletteModel(QObject *parent = nullptr);

    void setItems(QList<PaletteItem> items, const QStringList &recent);
    void setReader(PaletteReader reader);

    /// Beginning with '@' only handlers are looked for, see PaletteItem::id.
    void setPattern(const QString &pattern);

    const PaletteItem *itemAt(int row) const; ///< null when there is no such row

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Row
    {
        qsizetype item = 0;
        FuzzyMatch match;
        int recency = 0; ///< higher: used later; 0: not lately
    };

    void fill(const QString &pattern);
    int recencyOf(const QString &id) const;
    std::optional<Row> rowFor(qsizetype item, QStringView pattern, bool handlersOnly) const;

    QList<PaletteItem> m_items;
    qsizetype m_fixedCount = 0; ///< of the items, without the one that was read
    QStringList m_recent;       ///< newest first
    PaletteReader m_reader;
    std::vector<Row> m_rows;
};

/// \a recent with \a id in front of it, each once, no more than are remembered.
QStringList withRecent(QStringList recent, const QString &id);

} // namespace Fanfare
