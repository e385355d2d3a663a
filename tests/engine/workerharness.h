// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/ipc/buildid.h>
#include <fanfare/ipc/frame.h>
#include <fanfare/ipc/taskrecords.h>
#include <fanfare/ipc/workerprotocol.h>
#include <fanfare/plugins/filehash.h>
#include <fanfare/processes/workerspawn.h>

#include <QDeadlineTimer>
#include <QProcess>
#include <QTest>

#include <memory>
#include <optional>
#include <vector>

namespace Fanfare::Test {

inline WorkerSpawnOptions workerOptions(quint64 memoryLimit = 0)
{
    return {QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare-host"), memoryLimit};
}

inline LoadRequest requestFor(const QString &plugin, const QString &handler)
{
    const QString path = QStringLiteral(FANFARE_TEST_PLUGIN_DIR "/%1.so").arg(plugin);
    return {QStringLiteral("org.fanfare.") + plugin, handler, path, fileHash(path)};
}

/// A report that outlives its frame.
struct Report
{
    ReportRecord record;
    QByteArray payload;
};

/// A real worker process, and all that it said.
class WorkerHarness
{
public:
    explicit WorkerHarness(const WorkerSpawnOptions &options = workerOptions())
        : m_spawn(options)
    {
        m_process.setProcessChannelMode(QProcess::SeparateChannels);
        remains = m_spawn.start(m_process);
    }
    ~WorkerHarness()
    {
        remains.reset(); // kills the group, too
        m_process.waitForFinished();
    }

    qint64 pid() const { return m_process.processId(); }
    bool isRunning() const { return m_process.state() != QProcess::NotRunning; }

    void send(WorkerCommand command, const QByteArray &payload = {}, quint64 number = 0)
    {
        m_writer.append(quint16(command), payload, number);
        m_process.write(m_writer.take());
    }
    void sendBytes(const QByteArray &bytes) { m_process.write(bytes); }
    void closeInput() { m_process.closeWriteChannel(); }

    bool greet()
    {
        send(WorkerCommand::Hello,
             encode(WorkerHello{workerProtocolVersion, QByteArray(nonceSize, 'n'), buildId()}));
        return waitFor([this] { return welcome.has_value(); });
    }
    /// "" when the handler is there, else the code of the problem.
    QString load(quint32 number, const LoadRequest &request)
    {
        lastLoad.reset();
        send(WorkerCommand::Load, encode(request), number);
        waitFor([this] { return lastLoad.has_value(); });
        return lastLoad.value_or(QStringLiteral("no answer"));
    }
    void sendTask(quint64 task, quint32 handler, const QCborMap &fields = {}, qint64 deadline = 0)
    {
        Arguments arguments;
        arguments.fields = fields;
        const QByteArray bytes = encodeArguments(arguments);
        QByteArray frame;
        TaskRecord record;
        record.task = task;
        record.emission = task + 1000;
        record.handler = handler;
        record.deadline = deadline;
        record.arguments = bytes;
        appendTask(frame, record);
        send(WorkerCommand::Tasks, frame);
    }

    template <typename Condition>
    bool waitFor(Condition condition, int timeout = 10'000)
    {
        const QDeadlineTimer deadline(timeout);
        readAll();
        while (!condition() && isRunning() && !deadline.hasExpired()) {
            m_process.waitForReadyRead(50);
            readAll();
        }
        return condition();
    }
    const Report *report(quint64 task, ReportKind kind) const
    {
        for (const Report &each : reports) {
            if (each.record.task == task && each.record.kind == kind)
                return &each;
        }
        return nullptr;
    }
    bool waitForStarted(quint64 task)
    {
        return waitFor([&] { return report(task, ReportKind::Started); });
    }
    const Report *waitForFinished(quint64 task, int timeout = 10'000)
    {
        waitFor([&] { return report(task, ReportKind::Finished); }, timeout);
        return report(task, ReportKind::Finished);
    }
    bool waitForEnd(int timeout = 10'000)
    {
        waitFor([] { return false; }, timeout);
        return !isRunning();
    }

    /// How it ended, with \a task as the one that ran.
    WorkerEnd end(quint64 task = 0)
    {
        WorkerEnd end;
        const bool isSignal = m_process.exitStatus() == QProcess::CrashExit;
        end.signal = isSignal ? m_process.exitCode() : 0;
        end.exitCode = isSignal ? 0 : m_process.exitCode();
        if (task != 0)
            end.task = {EmissionId(task + 1000), 0};
        end.errorTail = errors.right(64 * 1024);
        return end;
    }
    QStringList linesOf(quint64 task) const
    {
        QStringList lines;
        for (const auto &[number, line] : log) {
            if (number == task)
                lines.append(line.text);
        }
        return lines;
    }

    std::unique_ptr<WorkerRemains> remains;
    std::optional<WorkerWelcome> welcome;
    std::optional<QString> lastLoad;
    std::vector<Report> reports;
    std::vector<std::pair<quint64, WorkerLine>> log;
    std::vector<std::pair<quint64, WorkerProgress>> progress;
    QStringList story; ///< "Pong 3", one per frame that has no list of its own
    QByteArray errors;

private:
    void readAll()
    {
        errors += m_process.readAllStandardError();
        m_reader.append(m_process.readAllStandardOutput());
        for (;;) {
            const auto frame = m_reader.next();
            if (!frame || !*frame)
                return;
            take(**frame);
        }
    }
    void take(const Frame &frame)
    {
        switch (WorkerReply(frame.type)) {
        case WorkerReply::Welcome:
            welcome = *decodeWorkerMessage<WorkerWelcome>(frame.payload);
            return;
        case WorkerReply::Loaded:
            lastLoad = QString();
            return;
        case WorkerReply::LoadFailed:
            lastLoad = (*decodeWorkerMessage<LoadProblem>(frame.payload)).code;
            return;
        case WorkerReply::Log:
            log.emplace_back(frame.number, *decodeWorkerMessage<WorkerLine>(frame.payload));
            return;
        case WorkerReply::Progress:
            progress.emplace_back(frame.number,
                                  *decodeWorkerMessage<WorkerProgress>(frame.payload));
            return;
        case WorkerReply::Reports:
            takeReports(frame.payload);
            return;
        case WorkerReply::CancelAck:
            story.append(QStringLiteral("CancelAck %1").arg(frame.number));
            return;
        case WorkerReply::Recalled:
            story.append(QStringLiteral("Recalled %1").arg(frame.number));
            return;
        case WorkerReply::Pong:
            story.append(QStringLiteral("Pong %1").arg(frame.number));
            return;
        case WorkerReply::Bye:
            story.append(QStringLiteral("Bye"));
            return;
        }
    }
    void takeReports(const QByteArray &payload)
    {
        RecordReader<ReportRecord> reader(payload);
        Report report;
        while (reader.next(report.record)) {
            report.payload = report.record.payload.toByteArray();
            if (const auto place = report.record.place) {
                PayloadReader &shared = remains->payloads()->reader();
                report.payload = shared.at(*place)->toByteArray();
                shared.release(*place);
            }
            reports.push_back(report);
        }
    }

    WorkerSpawn m_spawn;
    QProcess m_process;
    FrameReader m_reader;
    FrameWriter m_writer;
};

} // namespace Fanfare::Test
