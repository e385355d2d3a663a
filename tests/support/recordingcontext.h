// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/context.h>

#include <QStringList>

#include <mutex>
#include <utility>
#include <vector>

namespace Fanfare::Test {

/// The context of one task without an executor: it remembers what the handler said. Threads: [any].
class RecordingContext final : public Context
{
public:
    RecordingContext(QString event, Arguments arguments)
        : m_event(std::move(event))
        , m_arguments(std::move(arguments))
    {
    }

    void requestStop() { m_stop.request_stop(); }

    /// Every line in order, printed ones as they are, others as "level: text".
    QStringList lines() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_lines;
    }

    std::vector<double> fractions() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_fractions;
    }

    QString eventName() const override { return m_event; }
    const Arguments &arguments() const override { return m_arguments; }
    std::stop_token stopToken() const override { return m_stop.get_token(); }
    int attempt() const override { return 1; }
    int taskIndex() const override { return 0; }
    quint64 emissionId() const override { return 1; }

    void progress(double fraction, const QString &) override
    {
        const std::scoped_lock lock(m_mutex);
        m_fractions.push_back(fraction);
    }

    void log(LogLevel level, const QString &text) override
    {
        static constexpr const char *names[] = {"debug", "info", "warning", "error"};
        const std::scoped_lock lock(m_mutex);
        if (level == LogLevel::Printed)
            m_lines.append(text);
        else
            m_lines.append(QString::fromLatin1(names[int(level)]) + QStringLiteral(": ") + text);
    }

private:
    const QString m_event;
    const Arguments m_arguments;
    std::stop_source m_stop;
    mutable std::mutex m_mutex;
    QStringList m_lines;             // guarded by m_mutex
    std::vector<double> m_fractions; // guarded by m_mutex
};

} // namespace Fanfare::Test
