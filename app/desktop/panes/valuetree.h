// SPDX-License-Identifier: MIT
#pragma once

#include <QCborValue>
#include <QTreeWidget>

namespace Fanfare {

/// Whether \a value has lists or objects in it, so that a tree shows more of it than a text.
bool isNested(const QCborValue &value);

/// A list or an object, part by part: those below a part appear when it is unfolded, so a large
/// value costs what is looked at. As high as it needs to be up to a number of rows.
///
/// Threads: [gui].
class ValueTree final : public QTreeWidget
{
    Q_OBJECT

public:
    static constexpr qsizetype mostParts = 1'000; ///< of a list or an object; then one row counts

    explicit ValueTree(int maximumRows, QWidget *parent = nullptr);

    /// Unfolds as much as there are rows for. What the user unfolded stays when nothing changed.
    void setValue(const QCborValue &value);

    /// The part in the current row as JSON; all of it when there is none.
    QString currentJson() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void wheelEvent(QWheelEvent *event) override;

private:
    void unfold(QTreeWidgetItem *item);
    void unfoldWhatFits();
    void addParts(QTreeWidgetItem *parent, const QCborValue &value);
    void addPart(QTreeWidgetItem *parent, const QString &name, const QCborValue &value);
    void showMenu(const QPoint &position);
    void copy() const;
    int shownRows(const QTreeWidgetItem *parent) const;

    int m_maximumRows;
    QCborValue m_value;
};

} // namespace Fanfare
