// SPDX-License-Identifier: MIT
#include "commandpalette.h"

#include "desktop/appearance.h"
#include "palettedelegate.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QSettings>
#include <QVBoxLayout>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr QLatin1StringView recentKey("palette/recent");
static constexpr int rowsInView = 12; ///< at most

CommandPalette::CommandPalette(QWidget &window, QSettings &settings)
    : QFrame(&window)
    , m_window(window)
    , m_settings(settings)
    , m_edit(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_hint(new QLabel(this))
{
    createLayout();
    hide();
    m_window.installEventFilter(this);
    m_edit->installEventFilter(this);
    connect(m_edit, &QLineEdit::textChanged, this, &CommandPalette::refresh);
    connect(m_list, &QListView::clicked, this, &CommandPalette::runCurrent);
}

void CommandPalette::createLayout()
{
    setAccessibleName(tr("Command palette"));
    m_edit->setPlaceholderText(tr("What do you want to do?  @ handlers  # emissions"));
    m_edit->setAccessibleName(tr("Search commands, events and handlers"));
    m_edit->setMinimumHeight(34);
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setAccessibleName(tr("What fits"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus); // the line keeps it; arrow keys move here
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMuted(*m_hint);
    m_hint->setContentsMargins(4, 2, 4, 0);
    auto layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 10, 10, 8);
    layout->setSpacing(6);
    layout->addWidget(m_edit);
    layout->addWidget(m_list);
    layout->addWidget(m_hint);
}

void CommandPalette::addSource(PaletteSource source)
{
    m_sources.append(std::move(source));
}

void CommandPalette::open(const QString &text)
{
    if (!isVisible())
        m_before = QApplication::focusWidget();
    QList<PaletteItem> items;
    for (const PaletteSource &source : m_sources)
        items += source();
    m_model.setItems(std::move(items), m_settings.value(recentKey).toStringList());
    m_edit->setText(text);
    refresh(text);
    place();
    show();
    raise();
    m_edit->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::dismiss()
{
    hide();
    if (m_before)
        m_before->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::place()
{
    const int row = m_list->sizeHintForRow(0) > 0 ? m_list->sizeHintForRow(0) : 28;
    m_list->setFixedHeight(row * qBound(1, m_model.rowCount(), rowsInView));
    const int width = qMin(640, m_window.width() - 40);
    setGeometry((m_window.width() - width) / 2, qMin(70, m_window.height() / 10), width,
                qMin(sizeHint().height(), m_window.height() - 20));
}

void CommandPalette::refresh(const QString &text)
{
    m_model.setPattern(text);
    m_list->setCurrentIndex(m_model.index(0));
    const int count = m_model.rowCount();
    m_hint->setText(count > 0 ? tr("↑↓ choose · Enter does it · Esc closes")
                              : tr("Nothing is called like that. Try fewer letters."));
    if (isVisible())
        place();
}

void CommandPalette::move(int rows)
{
    const int count = m_model.rowCount();
    if (count == 0)
        return;
    const int row = qBound(0, m_list->currentIndex().row() + rows, count - 1);
    m_list->setCurrentIndex(m_model.index(row));
}

void CommandPalette::runCurrent()
{
    const PaletteItem *item = m_model.itemAt(m_list->currentIndex().row());
    if (!item)
        return;
    const PaletteItem chosen = *item; // what it does may open the palette again
    const QStringList recent = m_settings.value(recentKey).toStringList();
    m_settings.setValue(recentKey, withRecent(recent, chosen.id));
    dismiss();
    chosen.run();
}

bool CommandPalette::handleKey(int key)
{
    switch (key) {
    case Qt::Key_Down:
        move(1);
        return true;
    case Qt::Key_Up:
        move(-1);
        return true;
    case Qt::Key_PageDown:
        move(rowsInView);
        return true;
    case Qt::Key_PageUp:
        move(-rowsInView);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        runCurrent();
        return true;
    case Qt::Key_Tab: // there is nothing else to go to
    case Qt::Key_Backtab:
        return true;
    case Qt::Key_Escape:
        dismiss();
        return true;
    default:
        return false;
    }
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_window && event->type() == QEvent::Resize && isVisible())
        place();
    if (watched == m_edit && event->type() == QEvent::KeyPress)
        return handleKey(static_cast<QKeyEvent *>(event)->key());
    if (watched == m_edit && event->type() == QEvent::FocusOut) {
        const Qt::FocusReason reason = static_cast<QFocusEvent *>(event)->reason();
        if (reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason)
            hide(); // the user went elsewhere
    }
    return false;
}

/// An edge that lets it stand out from what lies below in light and in dark.
void CommandPalette::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(
        QPen(blended(palette().color(QPalette::Window), palette().color(QPalette::Text), 0.4), 1));
    painter.setBrush(palette().color(QPalette::Window));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace Fanfare
