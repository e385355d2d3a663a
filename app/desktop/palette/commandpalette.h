// SPDX-License-Identifier: MIT
#pragma once

#include "palettemodel.h"

#include <QFrame>
#include <QPointer>

class QLabel;
class QLineEdit;
class QListView;
class QSettings;

namespace Fanfare {

/// Everything the window can do, found by some letters of its name. It lies over its window, asks
/// its sources each time it opens, remembers what was used, and gives the focus back.
///
/// Threads: [gui].
class CommandPalette final : public QFrame
{
    Q_OBJECT

public:
    CommandPalette(QWidget &window, QSettings &settings);

    void addSource(PaletteSource source);
    void setReader(PaletteReader reader) { m_model.setReader(std::move(reader)); }

    void open(const QString &text = {}); ///< with \a text typed already
    void dismiss();                      ///< without doing anything

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void createLayout();
    void place();
    void refresh(const QString &text);
    void move(int rows);
    void runCurrent();
    bool handleKey(int key);

    QWidget &m_window;
    QSettings &m_settings;
    QList<PaletteSource> m_sources;
    PaletteModel m_model;
    QLineEdit *m_edit;
    QListView *m_list;
    QLabel *m_hint;
    QPointer<QWidget> m_before; ///< had the focus
};

} // namespace Fanfare
