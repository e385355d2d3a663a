// SPDX-License-Identifier: MIT
#include "fanfare/engine/outputcapture.h"

#include <fanfare/base/clock.h>
#include <fanfare/engine/threadoutput.h>

#include <QMessageLogContext>

#include <cstdio>
#include <iostream>
#include <streambuf>

namespace Fanfare {

static constexpr qint64 staleAfter = 200'000'000; ///< ns

namespace {

using Print = std::function<void(OutputStream, std::string_view)>;

/// Hands every character on at once; std::ostream's own buffer would mix threads.
class CapturingBuffer final : public std::streambuf
{
public:
    CapturingBuffer(Print print, OutputStream stream)
        : m_print(std::move(print))
        , m_stream(stream)
    {
    }

protected:
    int_type overflow(int_type character) override
    {
        if (!traits_type::eq_int_type(character, traits_type::eof())) {
            const char one = traits_type::to_char_type(character);
            m_print(m_stream, {&one, 1});
        }
        return traits_type::not_eof(character);
    }
    std::streamsize xsputn(const char *text, std::streamsize count) override
    {
        m_print(m_stream, {text, size_t(count)});
        return count;
    }

private:
    const Print m_print;
    const OutputStream m_stream;
};

/// A FILE of C that hands on each call of printf() as a whole.
class CapturingFile
{
public:
    CapturingFile(FILE *&place, Print print, OutputStream stream)
        : m_place(place)
        , m_former(place)
        , m_print(std::move(print))
        , m_stream(stream)
    {
        std::fflush(m_former);
        m_file = fopencookie(this, "w", {nullptr, &CapturingFile::write, nullptr, nullptr});
        if (!m_file)
            return;
        std::setvbuf(m_file, nullptr, _IONBF, 0);
        m_place = m_file;
    }
    ~CapturingFile()
    {
        m_place = m_former;
        if (m_file)
            std::fclose(m_file);
    }
    CapturingFile(const CapturingFile &) = delete;
    CapturingFile &operator=(const CapturingFile &) = delete;

private:
    static ssize_t write(void *cookie, const char *text, size_t count)
    {
        const auto *self = static_cast<CapturingFile *>(cookie);
        self->m_print(self->m_stream, {text, count});
        return ssize_t(count);
    }

    FILE *&m_place;
    FILE *const m_former;
    FILE *m_file = nullptr;
    const Print m_print;
    const OutputStream m_stream;
};

/// Makes an ostream write elsewhere as long as this lives.
class Redirection
{
public:
    Redirection(std::ostream &stream, std::streambuf &buffer)
        : m_stream(stream)
        , m_former(stream.rdbuf(&buffer))
    {
    }
    ~Redirection() { m_stream.rdbuf(m_former); }
    Redirection(const Redirection &) = delete;
    Redirection &operator=(const Redirection &) = delete;

private:
    std::ostream &m_stream;
    std::streambuf *const m_former;
};

LogLevel levelOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return LogLevel::Debug;
    case QtInfoMsg:
        return LogLevel::Info;
    case QtWarningMsg:
        return LogLevel::Warning;
    default:
        return LogLevel::Error;
    }
}

} // namespace

class OutputCapture::Private
{
public:
    explicit Private(Options options);
    ~Private();

    void print(OutputStream stream, std::string_view text);
    void take(OutputStream stream, LogLine &&line);
    static void takeMessage(QtMsgType type, const QMessageLogContext &context, const QString &text);

    static inline Private *s_active = nullptr; // a message handler has no argument for it

    const Options m_options;
    ThreadOutput m_output;
    const Print m_print;
    CapturingBuffer m_outBuffer;
    CapturingBuffer m_errorBuffer;
    Redirection m_cout;
    Redirection m_cerr;
    Redirection m_clog;
    CapturingFile m_outFile;
    CapturingFile m_errorFile;
    QtMessageHandler m_formerHandler = nullptr;
};

OutputCapture::Private::Private(Options options)
    : m_options(std::move(options))
    , m_output([this](OutputStream stream, LogLine &&line) { take(stream, std::move(line)); })
    , m_print([this](OutputStream stream, std::string_view text) { print(stream, text); })
    , m_outBuffer(m_print, OutputStream::Out)
    , m_errorBuffer(m_print, OutputStream::Error)
    , m_cout(std::cout, m_outBuffer)
    , m_cerr(std::cerr, m_errorBuffer)
    , m_clog(std::clog, m_errorBuffer)
    , m_outFile(stdout, m_print, OutputStream::Out)
    , m_errorFile(stderr, m_print, OutputStream::Error)
{
    Q_ASSERT_X(!s_active, "OutputCapture", "there is one already");
    s_active = this;
    m_formerHandler = qInstallMessageHandler(&Private::takeMessage);
}

OutputCapture::Private::~Private()
{
    qInstallMessageHandler(m_formerHandler);
    m_output.flushOlderThan(MonotonicClock::now());
    s_active = nullptr;
}

void OutputCapture::Private::print(OutputStream stream, std::string_view text)
{
    if (m_output.write(stream, text) && m_options.wake)
        m_options.wake();
}

void OutputCapture::Private::take(OutputStream stream, LogLine &&line)
{
    if (stream == OutputStream::Error && m_options.keepLastWords)
        m_options.keepLastWords(line);
    m_options.sink(std::move(line));
    if (m_options.wake)
        m_options.wake();
}

void OutputCapture::Private::takeMessage(QtMsgType type, const QMessageLogContext &context,
                                         const QString &text)
{
    LogLine line = lineOfCurrentTask();
    line.level = levelOf(type);
    const bool isNamed = context.category && qstrcmp(context.category, "default") != 0;
    line.text = isNamed ? QString::fromUtf8(context.category) + QStringLiteral(": ") + text : text;
    s_active->take(OutputStream::Error, std::move(line));
}

OutputCapture::OutputCapture(Options options)
    : d(std::make_unique<Private>(std::move(options)))
{
}

OutputCapture::~OutputCapture() = default;

void OutputCapture::flush()
{
    d->m_output.flushOlderThan(MonotonicClock::now());
}

bool OutputCapture::flushStale()
{
    return d->m_output.flushOlderThan(MonotonicClock::now() - staleAfter);
}

} // namespace Fanfare
