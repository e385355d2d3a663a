// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/context.h>

#include <QStringList>

#include <mutex>
#include <utility>

namespace Fanfare {

/// A context for the tests of a plugin: what a handler is called with when there is no executor. It
/// keeps what the handler says.
///
///     TestContext context = TestContext::ofFields({{u"path"_qs, u"/etc/hostname"_qs}});
///     QCOMPARE(handler->run(context), expected);
///
/// Threads: [any].
class TestContext final : public Context
{
public:
    explicit TestContext(Arguments arguments, QString eventName = QStringLiteral("Test"))
        : m_eventName(std::move(eventName))
        , m_arguments(std::move(arguments))
    {
    }

    /// For a handler of a typed event; a missing field keeps its default. [any]
    static TestContext ofFields(const QCborMap &fields)
    {
        Arguments arguments;
        arguments.fields = fields;
        return TestContext(std::move(arguments));
    }

    /// As if the task were canceled; before run() or, from another thread, while it runs. [any]
    void requestStop() { m_stop.request_stop(); }

    /// What was printed and logged, in order. [any]
    QStringList lines() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_lines;
    }

    /// How far the handler said it is, 0..1; negative while it said nothing. [any]
    double fraction() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_fraction;
    }

    QString eventName() const override { return m_eventName; }
    const Arguments &arguments() const override { return m_arguments; }
    std::stop_token stopToken() const override { return m_stop.get_token(); }
    int attempt() const override { return 1; }
    int taskIndex() const override { return 0; }
    quint64 emissionId() const override { return 1; }

    void progress(double fraction, const QString &) override
    {
        const std::scoped_lock lock(m_mutex);
        m_fraction = qBound(0.0, fraction, 1.0);
    }

    void log(LogLevel, const QString &text) override
    {
        const std::scoped_lock lock(m_mutex);
        m_lines.append(text);
    }

private:
    const QString m_eventName;
    const Arguments m_arguments;
    std::stop_source m_stop;
    mutable std::mutex m_mutex;
    QStringList m_lines;    // guarded by m_mutex
    double m_fraction = -1; // guarded by m_mutex
};

} // namespace Fanfare
