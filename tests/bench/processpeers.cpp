// SPDX-License-Identifier: MIT
#include "processpeers.h"

#include "benchprogram.h"
#include "processworker.h"

#include <fanfare/base/clock.h>

#include <QCoreApplication>
#include <QEventLoop>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

#include <memory>

namespace Fanfare::Bench {

using namespace Qt::StringLiterals;

static constexpr qsizetype frameSize = 64;
static constexpr int limit = 600'000; // ms

std::vector<double> runPython(const QStringList &arguments)
{
    QProcess python;
    python.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    python.start(u"/usr/bin/python3"_s,
                 QStringList{QStringLiteral(FANFARE_TEST_SOURCE_DIR "/bench/pythonpools.py")}
                     + arguments);
    if (!python.waitForFinished(limit) || python.exitCode() != 0)
        fail("python3 did not run");
    std::vector<double> numbers;
    for (const QByteArray &number : python.readAllStandardOutput().simplified().split(' '))
        numbers.push_back(number.toDouble());
    return numbers;
}

static std::unique_ptr<QProcess> startBare()
{
    auto process = std::make_unique<QProcess>();
    process->start(QCoreApplication::applicationFilePath(),
                   {u"--answer"_s, QString::number(frameSize), QString::number(frameSize)});
    if (!process->waitForStarted())
        fail("a bare process does not start");
    return process;
}

static void end(QProcess &process)
{
    process.closeWriteChannel();
    process.waitForFinished();
}

double secondsOnQProcesses(quint64 count, int window)
{
    const QByteArray frame(frameSize, 'x');
    std::array<std::unique_ptr<QProcess>, 2> processes{startBare(), startBare()};
    std::array<qsizetype, 2> unread{};
    quint64 asked = 0;
    quint64 answered = 0;
    QEventLoop loop;
    const auto ask = [&](QProcess &process) {
        if (asked < count) {
            process.write(frame);
            ++asked;
        }
    };
    for (size_t i = 0; i < processes.size(); ++i) {
        QProcess &process = *processes[i];
        QObject::connect(&process, &QProcess::readyReadStandardOutput, &loop, [&, i] {
            unread[i] += process.readAllStandardOutput().size();
            for (; unread[i] >= frameSize; unread[i] -= frameSize, ++answered)
                ask(process);
            if (answered == count)
                loop.quit();
        });
    }
    const qint64 begin = MonotonicClock::now();
    for (int i = 0; i < window; ++i) {
        for (const auto &process : processes)
            ask(*process);
    }
    loop.exec();
    const double seconds = double(MonotonicClock::now() - begin) / 1e9;
    for (const auto &process : processes)
        end(*process);
    return seconds;
}

std::vector<double> tripsThroughQProcess(quint64 count)
{
    const QByteArray frame(frameSize, 'x');
    const auto process = startBare();
    std::vector<double> times;
    QEventLoop loop;
    QObject::connect(process.get(), &QProcess::readyReadStandardOutput, &loop, [&] {
        process->readAllStandardOutput();
        loop.quit();
    });
    for (quint64 i = 0; i < count; ++i) {
        const qint64 begin = MonotonicClock::now();
        process->write(frame);
        loop.exec();
        times.push_back(double(MonotonicClock::now() - begin) / 1000);
    }
    end(*process);
    return times;
}

std::vector<double> tripsThroughPipes(quint64 count)
{
    std::vector<BareWorker> workers;
    workers.emplace_back(frameSize, frameSize, 0);
    std::vector<double> times;
    for (quint64 i = 0; i < count; ++i)
        times.push_back(secondsOnBareWorkers(workers, 1, 1) * 1e6);
    return times;
}

std::vector<double> repairTimes(quint64 tasks)
{
    QProcess bar;
    bar.start(QStringLiteral(FANFARE_TEST_BIN_DIR "/reliability"),
              {u"R4"_s, u"--json"_s, u"--schedules"_s, QString::number(tasks)});
    if (!bar.waitForFinished(limit))
        fail("the bar R4 does not end; build the target reliability");
    const QJsonObject figures = QJsonDocument::fromJson(bar.readAllStandardOutput()).object();
    std::vector<double> values;
    for (const char16_t *name : {u"known50", u"known99", u"ready50", u"ready99"})
        values.push_back(figures[QString::fromUtf16(name)].toDouble(notMeasured));
    return values;
}

} // namespace Fanfare::Bench
