// SPDX-License-Identifier: MIT
#include "droparea.h"

#include "appearance.h"
#include "models/catalogview.h"
#include "models/runmodel.h"
#include "runs/openedrun.h"

#include <QDragEnterEvent>
#include <QFileInfo>
#include <QMimeData>
#include <QPainter>
#include <QTimer>
#include <QUrl>

namespace Fanfare {

using namespace Qt::StringLiterals;

static QStringList localPaths(const QMimeData &mime)
{
    QStringList paths;
    for (const QUrl &url : mime.urls()) {
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
    }
    return paths;
}

DropArea::DropArea(const RunModel &run, QWidget &window)
    : QWidget(&window)
    , m_run(run)
    , m_window(window)
{
    hide();
    setAcceptDrops(true);
    m_window.setAcceptDrops(true);
    m_window.installEventFilter(this);
    connect(&m_collector, &FileCollector::collected, this, &DropArea::takeFiles);
}

bool DropArea::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != &m_window)
        return false;
    if (event->type() == QEvent::DragEnter) {
        dragEnterEvent(static_cast<QDragEnterEvent *>(event));
        m_isOver = false;
        return event->isAccepted();
    }
    if (event->type() == QEvent::DragLeave) {
        // When the drag only moves on to this widget, its own DragEnter comes before the timer.
        QTimer::singleShot(0, this, [this] {
            if (!m_isOver)
                end();
        });
    }
    if (event->type() == QEvent::Drop && isVisible()) {
        dropEvent(static_cast<QDropEvent *>(event));
        return true;
    }
    return false;
}

void DropArea::dragEnterEvent(QDragEnterEvent *event)
{
    if (localPaths(*event->mimeData()).isEmpty())
        return;
    event->setDropAction(Qt::CopyAction);
    event->accept();
    m_isOver = true;
    if (!isVisible())
        begin(*event->mimeData());
}

void DropArea::dragLeaveEvent(QDragLeaveEvent *)
{
    end();
}

void DropArea::dropEvent(QDropEvent *event)
{
    event->setDropAction(Qt::CopyAction);
    event->accept();
    accept();
}

void DropArea::begin(const QMimeData &mime)
{
    m_plugins.clear();
    m_runs.clear();
    m_paths.clear();
    m_files.clear();
    m_isDropped = false;
    for (const QString &path : localPaths(mime)) {
        const bool isPlugin = path.endsWith(u".so"_s) && !QFileInfo(path).isDir();
        const bool isRun = !isPlugin && isRunFile(path);
        (isPlugin ? m_plugins : isRun ? m_runs : m_paths).append(path);
    }
    m_collector.cancel();
    if (!m_paths.isEmpty())
        m_collector.collect(m_paths);
    refreshTitle();
    setGeometry(m_window.rect());
    raise();
    show();
}

void DropArea::end()
{
    m_isOver = false;
    m_title.clear();
    if (!m_isDropped)
        m_collector.cancel();
    hide();
}

void DropArea::accept()
{
    m_isDropped = m_collector.isCollecting();
    end();
    if (!m_plugins.isEmpty())
        Q_EMIT pluginsDropped(m_plugins);
    if (isComparison())
        Q_EMIT comparisonDropped(m_runs[0], m_runs[1]);
    else if (!m_runs.isEmpty())
        Q_EMIT runsDropped(m_runs);
    if (!m_isDropped && !m_paths.isEmpty())
        report();
}

/// Traces of other programs have no handlers to compare.
bool DropArea::isComparison() const
{
    return m_paths.isEmpty() && m_plugins.isEmpty() && m_runs.size() == 2
        && m_runs[0].endsWith(u".ffrun"_s) && m_runs[1].endsWith(u".ffrun"_s);
}

void DropArea::takeFiles(const QStringList &files)
{
    m_files = files;
    refreshTitle();
    if (m_isDropped)
        report();
}

void DropArea::report()
{
    m_isDropped = false;
    if (m_files.isEmpty())
        Q_EMIT nothingDropped();
    else
        Q_EMIT filesDropped(m_files);
}

void DropArea::refreshTitle()
{
    const QString handlers = handlerNames(m_run.catalog(), u"FileAdded"_s);
    if (isComparison()) {
        m_title = tr("Drop to compare %1 with %2")
                      .arg(QFileInfo(m_runs[0]).fileName(), QFileInfo(m_runs[1]).fileName());
        m_subtitle = tr("Who does better and why, in a tab beside what is live");
    } else if (m_paths.isEmpty() && !m_runs.isEmpty()) {
        m_title = m_runs.size() == 1 ? tr("Drop to open %1").arg(QFileInfo(m_runs[0]).fileName())
                                     : tr("Drop to open %L1 runs").arg(m_runs.size());
        m_subtitle = tr("Shown beside what is live, which goes on");
    } else if (m_paths.isEmpty()) {
        m_title = m_plugins.size() == 1 ? tr("Drop to add a plugin")
                                        : tr("Drop to add %L1 plugins").arg(m_plugins.size());
        m_subtitle = tr("Copied into the plugin folder, checked and used");
    } else if (handlers.isEmpty()) {
        m_title = tr("No handler reacts to files");
        m_subtitle =
            tr("A plugin that handles FileAdded is needed, such as the bundled “checksum”");
    } else {
        const bool isListing = m_collector.isCollecting();
        m_title = isListing ? tr("Drop to run %1 on all files…").arg(handlers)
            : m_files.size() == 1
            ? tr("Drop to run %1 on 1 file").arg(handlers)
            : tr("Drop to run %1 on %L2 files").arg(handlers).arg(m_files.size());
        m_subtitle = tr("Emits FileAdded once for every file, those in folders included");
    }
    update();
}

static QFont titleFont(QFont font)
{
    font.setPointSizeF(font.pointSizeF() * 1.6);
    font.setWeight(QFont::DemiBold);
    return font;
}

/// What lies below shines through the veil; the card with the words hides it.
void DropArea::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = palette().color(QPalette::Window);
    veil.setAlphaF(0.72F);
    painter.fillRect(rect(), veil);
    const QColor accent = palette().color(QPalette::Highlight);
    painter.setPen(QPen(accent, 3, Qt::DashLine));
    painter.drawRoundedRect(QRectF(rect()).adjusted(10, 10, -10, -10), 12, 12);
    QRect card(0, 0, qMin(width() - 60, 620), 190);
    card.moveCenter(rect().center());
    painter.setPen(QPen(accent, 1.5));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(QRectF(card), 12, 12);
    drawWords(painter, card);
}

void DropArea::drawWords(QPainter &painter, const QRect &card) const
{
    constexpr int symbolSize = 44;
    constexpr int margin = 24;
    const QString symbol = m_paths.isEmpty() && m_runs.isEmpty() ? u"plugin"_s : u"folder"_s;
    const QRect words = card.adjusted(margin, margin + symbolSize + 6, -margin, -margin / 2);
    symbolIcon(symbol).paint(
        &painter,
        QRect(card.center().x() - symbolSize / 2, card.y() + margin, symbolSize, symbolSize));
    const QFont large = titleFont(font());
    const QRect title(words.x(), words.y(), words.width(), words.height() * 3 / 5);
    painter.setFont(large);
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(title, Qt::AlignCenter | Qt::TextWordWrap, m_title);
    painter.setFont(font());
    painter.setPen(accentColor(Accent::Neutral, palette()));
    painter.drawText(
        QRect(words.x(), title.bottom(), words.width(), words.bottom() - title.bottom()),
        Qt::AlignHCenter | Qt::TextWordWrap, m_subtitle);
}

} // namespace Fanfare
