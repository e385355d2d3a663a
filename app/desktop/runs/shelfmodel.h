// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/library/libraryentry.h>

#include <QAbstractTableModel>

#include <vector>

namespace Fanfare {

class Shelf;

/// The kept runs that match a search, as rows of a table. Labels and tags are changed in place.
class ShelfModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        LabelColumn,
        WhenColumn,
        WhereColumn,
        TasksColumn,
        FailedColumn,
        TimeColumn,
        TagsColumn,
        NotesColumn,
        ColumnCount
    };

    explicit ShelfModel(Shelf &shelf, QObject *parent = nullptr);

    void setSearch(const QString &text);        ///< see Fanfare::matches()
    const LibraryEntry &entryAt(int row) const; ///< \a row is one there is
    int rowOf(const QString &file) const;       ///< -1 when it is not shown

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    void reload();
    QString text(const LibraryEntry &entry, int column) const;
    QString tip(const LibraryEntry &entry) const;

    Shelf &m_shelf;
    QString m_search;
    std::vector<LibraryEntry> m_rows;
};

} // namespace Fanfare
