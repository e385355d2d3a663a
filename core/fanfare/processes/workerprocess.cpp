// SPDX-License-Identifier: MIT
#include "fanfare/processes/workerprocess.h"

#include <fanfare/base/clock.h>
#include <fanfare/base/signalname.h>
#include <fanfare/ipc/buildid.h>
#include <fanfare/ipc/payloaddevice.h>

#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>

#include <algorithm>
#include <unistd.h>
#include <utility>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr qsizetype maximumTail = 64 * 1024; // bytes of stderr that are kept
static constexpr qsizetype maximumMessage = maximumTaskPayload + 64 * 1024; // bytes
static constexpr qsizetype maximumTasksFrame = 1024 * 1024; // bytes; more go into the next frame

WorkerProcess::WorkerProcess(int slot, WorkerSpawn &spawn, WorkerListener &listener)
    : m_slot(slot)
    , m_spawn(spawn)
    , m_listener(listener)
    , m_joiner(maximumMessage)
{
    connect(&m_link, &WorkerLink::arrived, this, &WorkerProcess::handleFrames);
    connect(&m_link, &WorkerLink::hasRoom, this, [this] { m_listener.turnEnded(); });
    connect(&m_link, &WorkerLink::ended, this, [this] {
        endOutput();
        m_listener.turnEnded();
    });
    connect(&m_process, &QProcess::readyReadStandardError, this, &WorkerProcess::readErrors);
    connect(&m_process, &QProcess::finished, this, &WorkerProcess::finished);
    connect(&m_process, &QProcess::errorOccurred, this, &WorkerProcess::failed);
}

WorkerProcess::~WorkerProcess()
{
    m_process.disconnect(this);
    if (m_process.state() == QProcess::NotRunning)
        return;
    kill();
    m_process.waitForFinished();
}

void WorkerProcess::start()
{
    m_nonce.resize(nonceSize);
    QRandomGenerator::system()->fillRange(reinterpret_cast<quint32 *>(m_nonce.data()),
                                          nonceSize / qsizetype(sizeof(quint32)));
    m_started = MonotonicClock::now();
    const QFileInfo program(m_spawn.options().hostPath);
    if (!program.isFile() || !program.isExecutable()) { // QProcess of Qt 6.4 loses a descriptor
        m_process.setProgram(m_spawn.options().hostPath);
        refuseProgram(program.isFile() ? u"it is not executable"_s : u"it is not there"_s);
        return;
    }
    m_remains = m_spawn.start(m_process, {m_link.workerInput(), m_link.workerOutput()});
    m_link.open();
    m_pid = m_process.processId();
    send(WorkerCommand::Hello, encode(WorkerHello{workerProtocolVersion, m_nonce, buildId()}));
    flush();
}

bool WorkerProcess::isStopped() const
{
    QFile status(u"/proc/%1/stat"_s.arg(m_pid));
    if (m_pid <= 0 || !status.open(QIODevice::ReadOnly))
        return false;
    // "4711 (name) T ...": the name may hold anything, the state follows its last parenthesis.
    const QByteArray text = status.readAll();
    const char state = text.mid(text.lastIndexOf(')') + 2, 1).append('?').front();
    return state == 'T' || state == 't';
}

/// "size resident shared ...", in pages; what travels in shared memory is in the last of them.
quint32 WorkerProcess::memory() const
{
    QFile file(u"/proc/%1/statm"_s.arg(m_pid));
    if (m_pid <= 0 || !file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> pages = file.readAll().split(' ');
    static const qint64 pageSize = sysconf(_SC_PAGESIZE) / 1024; // KiB
    const qint64 own = pages.size() > 2 ? pages[1].toLongLong() - pages[2].toLongLong() : 0;
    return quint32(std::max<qint64>(0, own * pageSize));
}

void WorkerProcess::kill()
{
    if (!m_isWelcome && isStopped()) {
        setProblem(
            u"worker-stopped"_s,
            u"%1 was stopped while it started, as SIGSTOP or a debugger does; let it run."_s.arg(
                m_process.program()));
    } else if (!m_isWelcome) {
        setProblem(u"worker-hangs"_s,
                   u"%1 does not get ready; install Fanfare again."_s.arg(m_process.program()));
    }
    m_process.kill();
    if (m_remains)
        m_remains->killGroup();
}

void WorkerProcess::abandon()
{
    m_isAbandoned = true;
    m_link.abandon();
}

void WorkerProcess::send(WorkerCommand command, const QByteArray &payload, quint64 number)
{
    endTasksFrame(); // what was sent first arrives first
    m_link.frames().append(quint16(command), payload, number);
}

void WorkerProcess::sendTask(const TaskRecord &task)
{
    if (task.arguments.size() < largeRecord) {
        addToFrame(task);
        return;
    }
    TaskRecord large = task;
    if (PayloadMemory *const shared = m_remains->payloads())
        large.place = shared->writer().add(task.arguments);
    sendLarge(large);
}

void WorkerProcess::sendTask(const TaskRecord &task, const Arguments &arguments)
{
    PayloadMemory *const shared = m_remains->payloads();
    PayloadDevice device(shared ? &shared->writer() : nullptr, maximumTaskPayload);
    encodeArguments(arguments, device);
    TaskRecord large = task;
    large.place = device.finish();
    large.arguments = device.bytes();
    sendLarge(large);
}

void WorkerProcess::sendLarge(const TaskRecord &task)
{
    if (task.place) {
        addToFrame(task);
        return;
    }
    endTasksFrame();
    m_link.frames().append(quint16(WorkerCommand::Tasks), headerOf(task), task.arguments);
}

void WorkerProcess::addToFrame(const TaskRecord &task)
{
    const qsizetype rest = task.place ? 0 : task.arguments.size();
    if (m_tasks.size() + rest > maximumTasksFrame)
        endTasksFrame();
    appendTask(m_tasks, task);
}

void WorkerProcess::endTasksFrame()
{
    if (m_tasks.isEmpty())
        return;
    m_link.frames().append(quint16(WorkerCommand::Tasks), m_tasks);
    m_tasks.clear();
}

void WorkerProcess::flush()
{
    endTasksFrame();
    m_link.flush();
}

bool WorkerProcess::write()
{
    endTasksFrame();
    return m_link.write();
}

// --- what the worker says

void WorkerProcess::handleFrames()
{
    while (!m_isAbandoned) {
        auto frame = m_link.reader().next();
        if (!frame) {
            breakOff(u"worker-babbles"_s,
                     u"What a worker said could not be understood (%1); a handler may have written "
                     "to its memory or its descriptors."_s.arg(frame.error().message));
            break;
        }
        if (!*frame || !handle(**frame))
            break;
    }
    m_listener.turnEnded();
}

/// False when nothing more can be read.
bool WorkerProcess::handle(Frame &frame)
{
    const auto isWhole = m_joiner.join(frame);
    if (!isWhole)
        breakOff(u"worker-babbles"_s,
                 u"A worker broke the protocol: %1."_s.arg(isWhole.error().message));
    if (!isWhole || !*isWhole)
        return isWhole && !m_isAbandoned;
    const auto reply = WorkerReply(frame.type);
    if (reply == WorkerReply::Welcome || !m_isWelcome) {
        if (reply == WorkerReply::Welcome && !m_isWelcome)
            return welcome(frame.payload);
        breakOff(u"worker-babbles"_s,
                 u"A worker said something else than its welcome; install Fanfare again."_s);
        return false;
    }
    if (reply == WorkerReply::Reports)
        return report(frame.payload);
    if (reply > WorkerReply::Welcome && reply <= WorkerReply::Bye)
        m_listener.workerSaid(m_slot, reply, frame.number, frame.payload);
    else if (!(frame.flags & IgnorableFrame))
        breakOff(u"worker-babbles"_s,
                 u"A worker sent a frame of the unknown type %1."_s.arg(frame.type));
    return !m_isAbandoned;
}

bool WorkerProcess::welcome(const QByteArray &payload)
{
    const auto welcome = decodeWorkerMessage<WorkerWelcome>(payload);
    if (!welcome || welcome->nonce != m_nonce) {
        breakOff(u"worker-stranger"_s,
                 u"What answers is no worker that was started here; install Fanfare again."_s);
    } else if (welcome->protocol != workerProtocolVersion) {
        breakOff(
            u"worker-other-protocol"_s,
            u"%1 speaks version %2 of the worker protocol and this program version %3; install "
            "Fanfare again."_s.arg(m_process.program())
                .arg(welcome->protocol)
                .arg(workerProtocolVersion));
    } else if (welcome->build != buildId()) {
        breakOff(u"worker-other-build"_s,
                 u"%1 is from another build (%2, this is %3); install Fanfare again."_s.arg(
                     m_process.program(), welcome->build, buildId()));
    } else {
        m_isWelcome = true;
        m_listener.workerWelcomed(m_slot);
    }
    return m_isWelcome;
}

bool WorkerProcess::report(const QByteArray &payload)
{
    RecordReader<ReportRecord> reader(payload);
    ReportRecord record;
    bool isRight = true;
    while (isRight && !m_isAbandoned && reader.next(record)) {
        isRight = findPayload(record);
        if (isRight)
            m_listener.workerReported(m_slot, record);
        if (isRight && record.place)
            m_remains->payloads()->reader().release(*record.place);
    }
    if (!isRight || reader.isBroken())
        breakOff(u"worker-babbles"_s, u"A worker sent a report that is none."_s);
    return !m_isAbandoned;
}

/// False when it is not where \a record says.
bool WorkerProcess::findPayload(ReportRecord &record)
{
    if (!record.place)
        return true;
    PayloadMemory *const shared = m_remains->payloads();
    const auto bytes = shared ? shared->reader().at(*record.place) : std::nullopt;
    if (!bytes || bytes->size() > maximumTaskPayload)
        return false;
    record.payload = *bytes;
    return true;
}

void WorkerProcess::breakOff(const QString &code, const QString &text)
{
    setProblem(code, text);
    if (!std::exchange(m_isAbandoned, true))
        m_listener.workerBroke(m_slot);
}

void WorkerProcess::setProblem(const QString &code, const QString &text)
{
    if (!m_problem)
        m_problem = LoadProblem{code, text};
}

void WorkerProcess::readErrors()
{
    const QByteArray bytes = m_process.readAllStandardError();
    m_errorTail = (m_errorTail + bytes.right(maximumTail)).right(maximumTail);
}

// --- how it ends

void WorkerProcess::endOutput()
{
    if (std::exchange(m_isOutputEnded, true))
        return;
    m_listener.outputEnded(m_slot);
}

void WorkerProcess::finished(int exitCode, QProcess::ExitStatus status)
{
    m_ended = MonotonicClock::now();
    // Whatever the process wrote is there by now; others who hold the pipe are not waited for.
    readErrors();
    m_link.drain();
    endOutput();
    (status == QProcess::CrashExit ? m_signal : m_exitCode) = exitCode;
    if (!m_isWelcome && m_signal > 0) {
        setProblem(u"worker-crashes"_s,
                   u"%1 ends with %2 when it starts; install Fanfare again. It said: %3"_s.arg(
                       m_process.program(), signalName(m_signal),
                       QString::fromUtf8(m_errorTail.right(500)).trimmed()));
    } else if (!m_isWelcome) {
        setProblem(u"worker-exits"_s,
                   u"%1 ends with exit code %2 when it starts; install Fanfare again. It said: %3"_s
                       .arg(m_process.program())
                       .arg(m_exitCode)
                       .arg(QString::fromUtf8(m_errorTail.right(500)).trimmed()));
    }
    m_listener.processEnded(m_slot);
    m_listener.turnEnded();
}

void WorkerProcess::failed(QProcess::ProcessError error)
{
    if (error == QProcess::FailedToStart) // else finished() follows
        refuseProgram(m_process.errorString());
}

void WorkerProcess::refuseProgram(const QString &why)
{
    const bool isThere = QFileInfo(m_process.program()).isFile();
    setProblem(isThere ? u"worker-not-executable"_s : u"worker-missing"_s,
               u"The helper executable %1 does not start: %2. Install Fanfare again, or set "
               "FANFARE_HOST to where it is."_s.arg(m_process.program(), why));
    m_ended = MonotonicClock::now();
    // Not at once: it may have been called by start().
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_listener.processEnded(m_slot);
            m_listener.outputEnded(m_slot);
            m_listener.turnEnded();
        },
        Qt::QueuedConnection);
}

WorkerEnd WorkerProcess::end() const
{
    WorkerEnd end;
    end.pid = m_pid;
    end.exitCode = m_exitCode;
    end.signal = m_signal;
    end.problem = m_problem ? m_problem->text : QString();
    end.started = m_started;
    end.ended = m_ended;
    end.errorTail = m_errorTail;
    return end;
}

} // namespace Fanfare
