// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace Fanfare {

/// What stands in place of the timeline while a run is empty: what to do first.
class StartPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit StartPanel(const QString &pluginFolder, QWidget *parent = nullptr);

    void setRecent(const QStringList &paths); ///< scenarios, the newest first

    /// A run that was kept.
    struct Run
    {
        QString path;
        QString title;
    };
    void setRuns(const QList<Run> &runs); ///< the newest first

    void offerSession(bool isThere); ///< to come back to

Q_SIGNALS:
    void sessionWanted(); ///< the last one
    void demoWanted();
    void emitWanted();
    void scenarioWanted();
    void recentWanted(const QString &path);
    void runWanted(const QString &path);
    void folderWanted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void createLayout();
    void addTitle(QVBoxLayout &layout);
    void addButtons(QVBoxLayout &layout);
    void addHints(QVBoxLayout &layout);
    void addLinks(QVBoxLayout &layout, QLabel &label, void (StartPanel::*wanted)(const QString &));

    QString m_pluginFolder;
    QPushButton *m_session;
    QLabel *m_recent;
    QLabel *m_runs;
};

} // namespace Fanfare
