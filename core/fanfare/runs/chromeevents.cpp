// SPDX-License-Identifier: MIT
#include "fanfare/runs/chromeevents.h"

#include <QFile>
#include <QFileInfo>

#include <nlohmann/json.hpp>

#include <array>
#include <cmath>
#include <fstream>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t maximumText = 4'096;
constexpr double farthest = 9.2e15; // microseconds whose nanoseconds still fit

/// Whether a clock can show so many microseconds.
bool isTime(double microseconds)
{
    return std::isfinite(microseconds) && std::abs(microseconds) < farthest;
}

qint64 nanoseconds(double microseconds)
{
    return std::llround(microseconds * 1000);
}

qint64 wholeNumber(double value)
{
    return std::isfinite(value) && std::abs(value) < 9e18 ? std::llround(value) : 0;
}

/// Collects the events while nlohmann's parser runs over the file.
class Collector final : public nlohmann::json_sax<nlohmann::json>
{
public:
    explicit Collector(const std::function<bool(const ChromeEvent &)> &take)
        : m_take(take)
    {
    }

    const QString &problem() const { return m_problem; }

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t value) override { return number(double(value), value); }
    bool number_unsigned(number_unsigned_t value) override
    {
        return number(double(value), qint64(value));
    }
    bool number_float(number_float_t value, const string_t &) override
    {
        return number(value, wholeNumber(value));
    }
    bool string(string_t &value) override
    {
        if (value.size() > maximumText)
            value.resize(maximumText);
        if (m_depth == m_eventDepth)
            eventText(value);
        else if (isInArguments())
            argumentText(value);
        return true;
    }
    bool binary(binary_t &) override { return true; }

    bool start_object(size_t) override
    {
        ++m_depth;
        if (m_depth == 1)
            m_isWrapped = true;
        if (m_eventDepth == 0 && m_depth == m_listDepth + 1 && m_listDepth > 0) {
            m_eventDepth = m_depth;
            m_event = {};
            m_hasTime = false;
        } else if (m_eventDepth > 0 && m_depth == m_eventDepth + 1) {
            m_isArguments = m_key == "args";
        }
        return true;
    }
    bool key(string_t &value) override
    {
        m_key.assign(value, 0, maximumText);
        return true;
    }
    bool end_object() override
    {
        const bool isEvent = m_eventDepth > 0 && m_depth == m_eventDepth;
        if (m_depth == m_eventDepth + 1)
            m_isArguments = false;
        --m_depth;
        if (!isEvent)
            return true;
        m_eventDepth = 0;
        if (m_hasTime) {
            m_time = m_event.time;
        } else {
            m_event.time = m_time;
            m_event.isOdd = true;
        }
        return m_take(m_event);
    }
    bool start_array(size_t) override
    {
        ++m_depth;
        const bool isList = m_depth == 1 || (m_depth == 2 && m_isWrapped && m_key == "traceEvents");
        if (isList && m_listDepth == 0)
            m_listDepth = m_depth;
        return true;
    }
    bool end_array() override
    {
        if (m_depth == m_listDepth)
            m_listDepth = 0;
        --m_depth;
        return true;
    }
    bool parse_error(size_t position, const std::string &,
                     const nlohmann::detail::exception &error) override
    {
        m_problem = u"it is no valid JSON from byte %1 on (%2)"_s.arg(position).arg(
            QString::fromUtf8(error.what()).section(u": "_s, -1));
        return false;
    }

private:
    bool isInArguments() const { return m_isArguments && m_depth == m_eventDepth + 1; }

    bool number(double value, qint64 whole)
    {
        if (m_eventDepth > 0 && m_depth == m_eventDepth)
            eventNumber(value, whole);
        else if (m_eventDepth > 0 && isInArguments())
            argumentNumber(whole);
        return true;
    }

    void eventNumber(double value, qint64 whole)
    {
        if (m_key == "ts")
            eventTime(value);
        else if (m_key == "dur")
            eventDuration(value);
        else if (m_key == "pid")
            m_event.pid = whole;
        else if (m_key == "tid")
            m_event.tid = whole;
        else if (m_key == "id")
            m_event.id = std::to_string(whole);
    }

    void eventTime(double value)
    {
        m_hasTime = isTime(value);
        if (m_hasTime)
            m_event.time = nanoseconds(value);
    }

    void eventDuration(double value)
    {
        const bool isDuration = isTime(value) && value >= 0;
        m_event.duration = isDuration ? nanoseconds(value) : 0;
        m_event.isOdd |= !isDuration;
    }

    void eventText(const std::string &value)
    {
        if (m_key == "ph")
            m_event.phase = value.size() == 1 ? value.front() : '\0';
        else if (m_key == "name")
            m_event.name = value;
        else if (m_key == "cat")
            m_event.category = value;
        else if (m_key == "id")
            m_event.id = value;
        else if (m_key == "dur")
            m_event.isOdd = true;
    }

    void argumentText(const std::string &value)
    {
        ChromeEvent::Arguments &args = m_event.args;
        if (m_key == "name")
            args.name = value;
        else if (m_key == "event")
            args.event = value;
        else if (m_key == "plugin")
            args.plugin = value;
        else if (m_key == "outcome")
            args.outcome = value;
    }

    void argumentNumber(qint64 value)
    {
        using Arguments = ChromeEvent::Arguments;
        using Field = std::optional<qint64> Arguments::*;
        static constexpr std::array<std::pair<std::string_view, Field>, 7> fields{
            {{"emission", &Arguments::emission},
             {"index", &Arguments::index},
             {"attempt", &Arguments::attempt},
             {"waitedNs", &Arguments::waited},
             {"sentNs", &Arguments::sent},
             {"replyNs", &Arguments::reply},
             {"cpuNs", &Arguments::cpu}}};
        for (const auto &[name, field] : fields) {
            if (m_key == name)
                m_event.args.*field = value;
        }
    }

    const std::function<bool(const ChromeEvent &)> &m_take;
    ChromeEvent m_event;
    std::string m_key; // the last one; below m_eventDepth it is that of a value of the event
    int m_depth = 0;
    int m_listDepth = 0;  // of the list of events while in it, else 0
    int m_eventDepth = 0; // of the event while in it, else 0
    qint64 m_time = 0;    // of the last event that had one
    bool m_hasTime = false;
    bool m_isWrapped = false;
    bool m_isArguments = false;
    QString m_problem;
};

} // namespace

bool isCompressed(std::string_view beginning)
{
    return beginning.starts_with("\x1f\x8b") || beginning.starts_with("\x28\xb5\x2f\xfd");
}

/// What is not compressed is left as if it were unread: pipes cannot go back, and no JSON begins
/// with a byte that has to be looked behind.
static bool isCompressed(std::istream &file)
{
    const int first = file.peek();
    file.clear(); // of an empty one
    if (first != 0x1f && first != 0x28)
        return false;
    std::array<char, 4> beginning{};
    file.read(beginning.data(), beginning.size());
    const auto size = size_t(file.gcount());
    file.clear();
    file.seekg(0);
    return isCompressed(std::string_view(beginning.data(), size));
}

/// \a take, and after every 4,096 events \a progress with the share of \a file that was read: where
/// it stands costs a system call.
static std::function<bool(const ChromeEvent &)> counting(
    const std::function<bool(const ChromeEvent &)> &take,
    const std::function<void(double)> &progress, std::ifstream &file, qint64 size)
{
    if (!progress || size <= 0)
        return take;
    return [&take, &progress, &file, size, events = quint64(0)](const ChromeEvent &event) mutable {
        if (++events % 4'096 == 0)
            progress(std::min(1.0, double(file.tellg()) / double(size)));
        return take(event);
    };
}

Result<void> readChromeEvents(const QString &path,
                              const std::function<bool(const ChromeEvent &)> &take,
                              const std::function<void(double)> &progress)
{
    std::ifstream file(QFile::encodeName(path).toStdString(), std::ios::binary);
    if (!file) {
        return Error{ErrorCode::Unreadable,
                     u"The trace %1 cannot be read; check its path and rights."_s.arg(path)};
    }
    if (isCompressed(file)) {
        return Error{
            ErrorCode::InvalidArgument,
            u"The trace %1 is compressed: unpack it first, with gunzip or unzstd."_s.arg(path)};
    }
    const auto counted = counting(take, progress, file, QFileInfo(path).size());
    Collector collector(counted);
    nlohmann::json::sax_parse(file, &collector);
    if (collector.problem().isEmpty())
        return {};
    return Error{ErrorCode::InvalidArgument,
                 u"The trace %1 is damaged: %2."_s.arg(path, collector.problem())};
}

} // namespace Fanfare
