// SPDX-License-Identifier: MIT
#include <fanfare/sdk/handlertable.h>
#include <fanfare/sdk/testcontext.h>

#include <QTest>

#include <memory>
#include <stdexcept>

using namespace Qt::StringLiterals;
using Fanfare::Context;
using Fanfare::Handler;
using Fanfare::TestContext;

struct Wanted
{
    Q_GADGET
    Q_PROPERTY(QString text MEMBER text)
    Q_PROPERTY(int times MEMBER times)
public:
    QString text;
    int times = 2;
};

static QString repeat(const Wanted &event, Context &context)
{
    if (context.stopToken().stop_requested())
        throw std::runtime_error("Asked to stop");
    context.progress(1.5, {});
    context.print(u"printed"_s);
    context.log(Fanfare::LogLevel::Warning, u"logged"_s);
    return event.text.repeated(event.times);
}

class Table final : public Fanfare::HandlerTable
{
public:
    Table()
    {
        handler(u"repeat"_s).run<Wanted>(&repeat);
        handler(u"sum"_s).on(u"Sum"_s).run([](int a, int b) { return a + b; });
    }
};

class tst_TestContext : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fieldsArriveAsATypedEvent();
    void positionalArgumentsArrive();
    void keepsWhatTheHandlerSays();
    void stopIsSeen();

private:
    std::unique_ptr<Handler> handler(const QString &name)
    {
        return std::unique_ptr<Handler>(m_table.create(name));
    }

    Table m_table;
};

void tst_TestContext::fieldsArriveAsATypedEvent()
{
    auto context = TestContext::ofFields({{u"text"_s, u"ab"_s}, {u"times"_s, 3}});

    QCOMPARE(handler(u"repeat"_s)->run(context).toString(), u"ababab"_s);
}

void tst_TestContext::positionalArgumentsArrive()
{
    TestContext context({.positional = {2, 3}});

    QCOMPARE(handler(u"sum"_s)->run(context).toInteger(), 5);
}

void tst_TestContext::keepsWhatTheHandlerSays()
{
    auto context = TestContext::ofFields({});
    QVERIFY(context.fraction() < 0);

    handler(u"repeat"_s)->run(context);

    QCOMPARE(context.lines(), QStringList({u"printed"_s, u"logged"_s}));
    QCOMPARE(context.fraction(), 1.0); // clamped, as an executor does
}

void tst_TestContext::stopIsSeen()
{
    auto context = TestContext::ofFields({});
    context.requestStop();

    QVERIFY_THROWS_EXCEPTION(std::runtime_error, handler(u"repeat"_s)->run(context));
}

QTEST_APPLESS_MAIN(tst_TestContext)
#include "tst_testcontext.moc"
