// SPDX-License-Identifier: MIT
#include "support/rabbitbroker.h"

#include "support/brokerfiles.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QStandardPaths>

#include <csignal>
#include <sys/types.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Fanfare::Test {

/// Not those of /usr/sbin: they are for the system's own broker, with fixed users and folders.
static const QString &programFolder()
{
    static const QString folder = u"/usr/lib/rabbitmq/bin/"_s;
    return folder;
}

/// $1 is the port of epmd. The shell's standard input is the test; when that is gone, so is the
/// group. `exec` is not used: the shell has to outlive both.
static const char script[] = R"(
exec 3<&0
epmd -port "$1" -address 127.0.0.1 </dev/null >/dev/null 2>&1 3<&- &
/usr/lib/rabbitmq/bin/rabbitmq-server </dev/null 3<&- &
server=$!
( read -r gone <&3; kill -KILL 0 ) >/dev/null 2>&1 &
wait "$server"
kill -KILL 0
)";

static constexpr int startTimeout = 60'000; // ms; 5 s on an idle machine

RabbitBroker::RabbitBroker()
    : RabbitBroker(Settings())
{
}

RabbitBroker::RabbitBroker(Settings settings)
    : m_settings(std::move(settings))
    , m_port(freePort())
    , m_tlsPort(m_settings.hasTls ? freePort() : 0)
    , m_managementPort(m_settings.hasManagement ? freePort() : 0)
    , m_epmdPort(freePort())
    , m_nodePort(freePort())
    , m_controlPort(freePort())
{
}

RabbitBroker::~RabbitBroker()
{
    kill();
}

QString RabbitBroker::whyMissing()
{
    if (!QFileInfo(programFolder() + u"rabbitmq-server"_s).isExecutable())
        return u"There is no RabbitMQ server here; install the package rabbitmq-server."_s;
    for (const QString &program : {u"epmd"_s, u"openssl"_s}) {
        if (QStandardPaths::findExecutable(program).isEmpty())
            return u"The program %1 is missing; install it to test with a broker."_s.arg(program);
    }
    return {};
}

QString RabbitBroker::inFolder(const QString &name) const
{
    return m_folder.filePath(name);
}

QProcessEnvironment RabbitBroker::environment() const
{
    QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
    const auto set = [&all](const QString &name, const QString &value) { all.insert(name, value); };
    set(u"HOME"_s, m_folder.path()); // where the cookie is
    set(u"LC_ALL"_s, u"C.UTF-8"_s);
    set(u"ERL_EPMD_PORT"_s, QString::number(m_epmdPort));
    set(u"ERL_EPMD_ADDRESS"_s, u"127.0.0.1"_s);
    set(u"RABBITMQ_CONF_ENV_FILE"_s, u"/dev/null"_s);
    set(u"RABBITMQ_NODENAME"_s, u"fanfare@localhost"_s);
    set(u"RABBITMQ_DIST_PORT"_s, QString::number(m_nodePort));
    set(u"RABBITMQ_CTL_DIST_PORT_MIN"_s, QString::number(m_controlPort));
    set(u"RABBITMQ_CTL_DIST_PORT_MAX"_s, QString::number(m_controlPort));
    set(u"RABBITMQ_MNESIA_BASE"_s, inFolder(u"data"_s));
    set(u"RABBITMQ_LOG_BASE"_s, inFolder(u"log"_s));
    set(u"RABBITMQ_CONFIG_FILE"_s, inFolder(u"rabbitmq.conf"_s));
    set(u"RABBITMQ_ENABLED_PLUGINS_FILE"_s, inFolder(u"plugins"_s));
    set(u"RABBITMQ_PID_FILE"_s, inFolder(u"pid"_s));
    // Spinning schedulers would take the processors from what is tested.
    set(u"RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"_s,
        u"+sbwt none +sbwtdcpu none +sbwtdio none -start_epmd false "
        "-kernel inet_dist_use_interface {127,0,0,1}"_s);
    return all;
}

bool RabbitBroker::prepare()
{
    QStringList lines{u"listeners.tcp.1 = 127.0.0.1:%1"_s.arg(m_port),
                      u"load_definitions = %1"_s.arg(inFolder(u"definitions.json"_s)),
                      u"vm_memory_high_watermark.absolute = 1GiB"_s,
                      u"disk_free_limit.absolute = 50MB"_s,
                      u"raft.wal_max_size_bytes = 67108864"_s};
    if (m_settings.hasTls) {
        m_problem = makeCertificates(m_folder.path());
        lines << u"listeners.ssl.1 = 127.0.0.1:%1"_s.arg(m_tlsPort)
              << u"ssl_options.cacertfile = %1"_s.arg(inFolder(u"authority.pem"_s))
              << u"ssl_options.certfile = %1"_s.arg(inFolder(u"server.pem"_s))
              << u"ssl_options.keyfile = %1"_s.arg(inFolder(u"server.key"_s));
    }
    if (m_settings.hasManagement)
        lines << u"management.tcp.ip = 127.0.0.1"_s
              << u"management.tcp.port = %1"_s.arg(m_managementPort);
    lines += m_settings.lines;
    const bool isWritten =
        writePrivateFile(inFolder(u"rabbitmq.conf"_s), (lines.join(u'\n') + u'\n').toUtf8())
        && writePrivateFile(inFolder(u"definitions.json"_s), brokerDefinitions(password()))
        && writePrivateFile(inFolder(u"password"_s), password() + '\n')
        && writePrivateFile(inFolder(u"plugins"_s),
                            m_settings.hasManagement ? "[rabbitmq_management].\n" : "[].\n");
    if (!isWritten)
        m_problem = u"The folder %1 cannot be written."_s.arg(m_folder.path());
    return m_problem.isEmpty();
}

bool RabbitBroker::start()
{
    m_problem = whyMissing();
    if (!m_problem.isEmpty() || (!m_isPrepared && !prepare()))
        return false;
    m_isPrepared = true;
    m_group.setProcessEnvironment(environment());
    m_group.setChildProcessModifier([] { setsid(); });
    m_group.setProcessChannelMode(QProcess::MergedChannels);
    m_group.start(u"/bin/sh"_s,
                  {u"-c"_s, QString::fromLatin1(script), u"broker"_s, QString::number(m_epmdPort)});
    if (m_group.waitForStarted() && waitUntilServing())
        return true;
    kill();
    return false;
}

/// It says so on its standard output, after its listeners are there.
bool RabbitBroker::waitUntilServing()
{
    QElapsedTimer timer;
    timer.start();
    QByteArray said;
    while (!said.contains("completed with")) {
        const qint64 left = startTimeout - timer.elapsed();
        if (left <= 0 || !m_group.waitForReadyRead(int(left))) {
            m_problem =
                u"The broker did not start: %1"_s.arg(QString::fromUtf8(said + m_group.readAll()));
            return false;
        }
        said += m_group.readAll();
    }
    return true;
}

void RabbitBroker::stop()
{
    QFile file(inFolder(u"pid"_s));
    if (!isRunning() || !file.open(QIODevice::ReadOnly))
        return;
    ::kill(pid_t(file.readAll().trimmed().toInt()), SIGTERM);
    if (!m_group.waitForFinished(startTimeout))
        kill();
}

void RabbitBroker::kill()
{
    if (!isRunning())
        return;
    ::kill(-pid_t(m_group.processId()), SIGKILL);
    m_group.waitForFinished();
}

bool RabbitBroker::isRunning() const
{
    return m_group.state() == QProcess::Running;
}

QString RabbitBroker::problem() const
{
    return m_problem;
}

QString RabbitBroker::address(const QString &user, quint16 port) const
{
    return u"amqp://%1@127.0.0.1:%2/fanfare"_s.arg(user).arg(port == 0 ? m_port : port);
}

QByteArray RabbitBroker::password()
{
    return "correct horse";
}

QString RabbitBroker::passwordFile() const
{
    return inFolder(u"password"_s);
}

QString RabbitBroker::authorityFile() const
{
    return inFolder(u"authority.pem"_s);
}

bool RabbitBroker::control(const QStringList &arguments, QString *output)
{
    QProcess process;
    process.setProcessEnvironment(environment());
    process.start(programFolder() + u"rabbitmqctl"_s, QStringList{u"-q"_s} + arguments);
    process.waitForFinished(startTimeout);
    if (output)
        *output = QString::fromUtf8(process.readAllStandardOutput());
    if (process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return true;
    m_problem = u"rabbitmqctl %1 failed: %2"_s.arg(
        arguments.join(u' '), QString::fromUtf8(process.readAllStandardError()));
    return false;
}

} // namespace Fanfare::Test
