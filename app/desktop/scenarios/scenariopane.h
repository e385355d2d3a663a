// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/scenarioplayer.h"
#include "scenariocomparer.h"
#include "scenariorecorder.h"

#include <QThread>
#include <QWidget>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace Fanfare {

class Session;
class SideList;

/// The dock of scenarios: choose one, edit it, play it here, or play it on threads, on processes or
/// on a cluster in turn and see them compared; record what is emitted in the window as a new one.
///
/// Threads: [gui].
class ScenarioPane final : public QWidget
{
    Q_OBJECT

public:
    /// Runs of a comparison go into \a runFolder; the user's scenarios are in \a folder.
    ScenarioPane(Session &session, QString runFolder, QString folder, QWidget *parent = nullptr);
    ~ScenarioPane() override;

    void setText(const QString &json);
    QString text() const;
    QString problem() const; ///< why the text is no scenario; empty when it is
    Result<void> saveAs(const QString &path);
    void playHere(); ///< in the engine of the window, at the speed that is chosen
    void compare();  ///< on the sides that are chosen
    SideList &sideList() const { return *m_sides; }
    void toggleRecording();

Q_SIGNALS:
    void playedHere(double speed);                       ///< what is emitted now, see PlaySpeed
    void compareWanted(const QList<QStringList> &sides); ///< run files, the baseline first
    void told(const QString &sentence);                  ///< something went wrong, or is done
    void runsChanged();                                  ///< a run file was written

private:
    void createLayout();
    void createPlayRow(QVBoxLayout &column);
    QLayout *createNumbers();
    QWidget *createSpeed();
    void createProgressRow(QVBoxLayout &column);
    void connectPlayer();
    void startOrCancel();
    void endPlay();
    void listFiles(const QString &chosen = {});
    void choose();
    void refresh();
    void showRecorded(int count);
    void setConcurrency(int emissions);
    void chooseSavePath();
    Result<Scenario> scenario() const;
    QString sideProblem() const;
    bool isChanged() const; ///< the text is another than when it was read

    Session &m_session;
    const QString m_runFolder;
    const QString m_folder;
    QThread m_thread;           ///< of the player
    ScenarioComparer *m_player; ///< lives in m_thread, which deletes it
    ScenarioRecorder m_recorder;
    ScenarioPlayer m_here;    ///< plays in the engine of the window
    bool m_isPlaying = false; ///< what the player still says after a cancel is not heard
    QString m_original;       ///< text as it was read
    QComboBox *m_files;
    QPlainTextEdit *m_text;
    QLabel *m_problem;
    QSpinBox *m_concurrency;
    QSpinBox *m_repeat;
    QPushButton *m_record;
    QPushButton *m_save;
    QPushButton *m_play;
    QComboBox *m_speed;
    SideList *m_sides;
    QPushButton *m_compare;
    QProgressBar *m_bar;
};

} // namespace Fanfare
