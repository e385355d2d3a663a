// SPDX-License-Identifier: MIT
#pragma once

#include "filecollector.h"

#include <QWidget>

class QMimeData;
class QPainter;

namespace Fanfare {

class RunModel;

/// Covers its window while files are dragged over it and says what a drop would do. Folders are
/// listed while the user still aims, so the count is there before the drop.
class DropArea final : public QWidget
{
    Q_OBJECT

public:
    DropArea(const RunModel &run, QWidget &window);

    QString title() const { return m_title; } ///< what a drop would do; empty while hidden

Q_SIGNALS:
    void filesDropped(const QStringList &files); ///< at least one, all from below the paths
    void pluginsDropped(const QStringList &files);
    void runsDropped(const QStringList &files); ///< run files and Chrome traces
    void comparisonDropped(const QString &left, const QString &right); ///< two run files alone
    void nothingDropped(); ///< the folders have no files

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void begin(const QMimeData &mime);
    void end();
    void accept();
    void takeFiles(const QStringList &files);
    bool isComparison() const;
    void report();
    void refreshTitle();
    void drawWords(QPainter &painter, const QRect &card) const;

    const RunModel &m_run;
    QWidget &m_window;
    FileCollector m_collector;
    QStringList m_plugins; ///< what looks like a plugin
    QStringList m_runs;    ///< run files and Chrome traces
    QStringList m_paths;   ///< everything else
    QStringList m_files;   ///< below m_paths, once they are listed
    QString m_title;
    QString m_subtitle;
    bool m_isOver = false;
    bool m_isDropped = false; ///< the listing is not ready yet
};

} // namespace Fanfare
