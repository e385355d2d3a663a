#include <fanfare/sdk/handlerplugin.h>
#include <fanfare/sdk/testcontext.h>

#include <QPluginLoader>
#include <QTest>

#include <memory>
#include <stdexcept>

using namespace Qt::StringLiterals;

class tst_@CLASS@ : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void repeatsTheText();
    void refusesAnEmptyText();
    void listensToStop();

private:
    QPluginLoader m_loader{QStringLiteral(PLUGIN_FILE)};
    std::unique_ptr<Fanfare::Handler> m_handler;
};

void tst_@CLASS@::initTestCase()
{
    auto *plugin = qobject_cast<Fanfare::HandlerPlugin *>(m_loader.instance());
    QVERIFY2(plugin, qPrintable(m_loader.errorString()));
    m_handler.reset(plugin->create(u"repeat"_s));
    QVERIFY(m_handler);
}

void tst_@CLASS@::repeatsTheText()
{
    auto context = Fanfare::TestContext::ofFields({{u"text"_s, u"ab"_s}, {u"times"_s, 2}});

    QCOMPARE(m_handler->run(context).toString(), u"abab"_s);
    QCOMPARE(context.lines(), QStringList{u"abab"_s});
}

void tst_@CLASS@::refusesAnEmptyText()
{
    auto context = Fanfare::TestContext::ofFields({{u"text"_s, QString()}});

    QVERIFY_THROWS_EXCEPTION(std::invalid_argument, m_handler->run(context));
}

void tst_@CLASS@::listensToStop()
{
    auto context = Fanfare::TestContext::ofFields({});
    context.requestStop();

    QVERIFY_THROWS_EXCEPTION(std::runtime_error, m_handler->run(context));
}

QTEST_GUILESS_MAIN(tst_@CLASS@)
#include "tst_@NAME@.moc"
