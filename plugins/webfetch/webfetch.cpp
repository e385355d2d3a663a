// SPDX-License-Identifier: MIT
#include <fanfare/sdk/handlertable.h>

#include <QCoreApplication>
#include <QCoroNetworkReply>
#include <QLibraryInfo>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QObject>
#include <QStringDecoder>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <memory>
#include <stdexcept>

using namespace Qt::StringLiterals;
using Fanfare::Context;

struct PageWanted
{
    Q_GADGET
    Q_CLASSINFO("summary", "A page is to be fetched with an HTTP GET")
    Q_CLASSINFO("url.summary", "http or https")
    Q_CLASSINFO("timeoutMs.summary", "Milliseconds for all of it, redirects included")
    Q_CLASSINFO("timeoutMs.minimum", "1")
    Q_CLASSINFO("timeoutMs.maximum", "3600000")
    Q_CLASSINFO("maximumBytes.summary", "A longer body is refused")
    Q_CLASSINFO("maximumBytes.minimum", "0")
    Q_CLASSINFO("maximumBytes.maximum", "67108864")
    Q_CLASSINFO("redirects.summary", "How many redirects to follow")
    Q_CLASSINFO("redirects.minimum", "0")
    Q_CLASSINFO("redirects.maximum", "50")
    Q_PROPERTY(QUrl url MEMBER url)
    Q_PROPERTY(int timeoutMs MEMBER timeoutMs)
    Q_PROPERTY(int maximumBytes MEMBER maximumBytes)
    Q_PROPERTY(int redirects MEMBER redirects)
public:
    QUrl url;
    int timeoutMs = 10'000;
    int maximumBytes = 1 << 20;
    int redirects = 10;
};

[[noreturn]] static void fail(const QString &sentence)
{
    throw std::runtime_error(sentence.toStdString());
}

/// One GET and what may end it early. It lives on the thread of the event loop; only the stop comes
/// from elsewhere. A reply says that it is finished from deep inside Qt, and the coroutine goes on
/// right there: so this has to be deleted later, by the event loop.
class Fetch final : public QObject
{
public:
    Fetch(const PageWanted &event, Context &context)
        : m_event(event)
        , m_context(context)
        , m_reply(m_manager.get(request(event)))
        , m_stop(context.stopToken(), StopRequest{this})
    {
        connect(m_reply, &QIODevice::readyRead, this, &Fetch::read);
        m_limit.setSingleShot(true);
        connect(&m_limit, &QTimer::timeout, this, [this] {
            giveUp(u"Fetching %1 took longer than %2 ms"_s.arg(name(),
                                                               QString::number(m_event.timeoutMs)));
        });
        m_limit.start(std::chrono::milliseconds(event.timeoutMs));
    }

    QNetworkReply *reply() const { return m_reply; }

    /// Event and context are about to go: nothing may look at them until the event loop deletes
    /// this.
    void retire()
    {
        m_isDone = true;
        m_limit.stop();
        deleteLater();
    }

    /// The result, once the reply is finished; throws when there is none.
    QCborMap result()
    {
        read();
        if (!m_problem.isEmpty())
            fail(m_problem);
        const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (!isAnswer(status, m_reply->error()))
            fail(u"Cannot fetch %1: %2"_s.arg(name(), m_reply->errorString()));
        return {{u"status"_s, status},
                {u"url"_s, m_reply->url().toString()},
                {u"contentType"_s, m_reply->header(QNetworkRequest::ContentTypeHeader).toString()},
                {u"bytes"_s, m_body.size()},
                {u"body"_s, body()}};
    }

private:
    /// Runs on whatever thread asks for the stop.
    struct StopRequest
    {
        Fetch *fetch;
        void operator()() const
        {
            QMetaObject::invokeMethod(
                fetch, [fetch = fetch] { fetch->giveUp(u"Asked to stop"_s); },
                Qt::QueuedConnection);
        }
    };

    /// An answer of the server is a result, 404 as well; half an answer or none is a failure.
    static bool isAnswer(int status, QNetworkReply::NetworkError error)
    {
        return status > 0 && (error == QNetworkReply::NoError || status >= 400);
    }

    static QNetworkRequest request(const PageWanted &event)
    {
        QNetworkRequest request(event.url);
        request.setMaximumRedirectsAllowed(event.redirects);
        request.setHeader(QNetworkRequest::UserAgentHeader, u"Fanfare"_s);
        return request;
    }

    QString name() const { return m_event.url.toDisplayString(); }

    void giveUp(const QString &reason)
    {
        if (m_isDone || !m_problem.isEmpty())
            return;
        m_problem = reason;
        m_reply->abort();
    }

    void read()
    {
        if (m_isDone || !m_problem.isEmpty() || !m_reply->isOpen())
            return;
        m_body += m_reply->read(m_event.maximumBytes + 1 - m_body.size());
        if (m_body.size() > m_event.maximumBytes) {
            giveUp(u"The body of %1 has more than %2 bytes"_s.arg(
                name(), QString::number(m_event.maximumBytes)));
            return;
        }
        const qint64 size = m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
        if (size > 0)
            m_context.progress(double(m_body.size()) / double(size), {});
    }

    /// A text where the body is one in UTF-8, else bytes.
    QCborValue body() const
    {
        QStringDecoder decoder(QStringDecoder::Utf8);
        const QString text = decoder(m_body);
        return decoder.hasError() ? QCborValue(m_body) : QCborValue(text);
    }

    const PageWanted &m_event;
    Context &m_context;
    QNetworkAccessManager m_manager;
    QTimer m_limit;
    QByteArray m_body;
    QString m_problem;            // why it was given up; empty while it was not
    bool m_isDone = false;        // event and context are gone
    QNetworkReply *const m_reply; // owned by the manager
    const std::stop_callback<StopRequest> m_stop;
};

struct Retire
{
    void operator()(Fetch *fetch) const { fetch->retire(); }
};

static QCoro::Task<QCborMap> fetchPage(const PageWanted &event, Context &context)
{
    if (event.url.scheme() != "http"_L1 && event.url.scheme() != "https"_L1)
        fail(u"Cannot fetch \"%1\": the field \"url\" takes http and https"_s.arg(
            event.url.toDisplayString()));
    const std::unique_ptr<Fetch, Retire> fetch(new Fetch(event, context));
    if (!fetch->reply()->isFinished())
        co_await fetch->reply();
    co_return fetch->result();
}

class WebfetchPlugin final : public QObject, public Fanfare::HandlerTable
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID FANFARE_HANDLER_PLUGIN_IID FILE "webfetch.json")
    Q_INTERFACES(Fanfare::HandlerPlugin)

public:
    WebfetchPlugin()
    {
        // TLS is a plugin of Qt's, and the host looks for no such plugins.
        QCoreApplication::addLibraryPath(QLibraryInfo::path(QLibraryInfo::PluginsPath));
        typedEvent<PageWanted>();
        handler(u"fetch"_s)
            .summary(u"Gets it and tells status, type and body"_s)
            .idempotent()
            .run<PageWanted>(&fetchPage);
    }
};

#include "webfetch.moc"
