// SPDX-License-Identifier: MIT
#include "story.h"

#include <support/childprocess.h>

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Fanfare;
using namespace Fanfare::Test;

struct OrderPlaced
{
    Q_GADGET
    Q_PROPERTY(QString customer MEMBER customer)
    Q_PROPERTY(int count MEMBER count)
public:
    QString customer;
    int count = 1;
};

class tst_SubscriptionBuilder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void subscribesWhatIsSaid_data() { addExecutorRows(); }
    void subscribesWhatIsSaid();
    void callbacksTakeWhatTheyWant_data() { addExecutorRows(); }
    void callbacksTakeWhatTheyWant();
    void aWrongNumberOfArgumentsFailsTheTask();
    void aCallbackThatWantsAnotherResultHarmsNothing();
    void acceptsTypedEventsAndTheGlobalOne();
    void aCoroutineIsAnAsyncHandler_data() { addExecutorRows(); }
    void aCoroutineIsAnAsyncHandler();
    void handsTheSettingsOver();
    void ownCallbacksReplaceTheDefaultOnes();
    void emptyCallbacksAreNone();
    void refusesWhatCannotBe_data();
    void refusesWhatCannotBe();
    void anExceptionOnTheWaySubscribesNothing();
    void aForgottenRunIsComplainedAbout();
};

void tst_SubscriptionBuilder::subscribesWhatIsSaid()
{
    QFETCH(QString, executorKind);
    Bench bench(executorKind);
    const Result<Subscription> subscription =
        bench.linker.on(u"A"_s, u"B"_s, u"B")
            .once()
            .onSuccess([&](int total) { bench.story.add(u"total %1"_s.arg(total)); })
            .onFailure([&] { bench.story.add(u"failed"_s); })
            .run([](int a, int b) { return a + b; });

    QVERIFY(subscription);
    QCOMPARE(bench.linker.eventCount(), 2);
    for (const Event &event : {Event(u"B"_s), Event(u"B"_s), Event(u"A"_s)})
        QVERIFY(bench.emitter.emit(event, {.positional = {2, 3}}));
    QVERIFY(bench.drain());

    QCOMPARE(bench.story.lines(), QStringList{u"total 5"_s});
    QVERIFY(!subscription->isActive());
    QVERIFY(subscription->isOnce());
}

void tst_SubscriptionBuilder::callbacksTakeWhatTheyWant()
{
    QFETCH(QString, executorKind);
    Bench bench(executorKind);
    Story &story = bench.story;
    const auto succeed = [] { return OrderPlaced{u"Ada"_s, 2}; };
    const auto fail = []() -> int { throw std::runtime_error("no"); };
    EventLinker &linker = bench.linker;

    QVERIFY(linker.on(u"A"_s).onSuccess([&] { story.add(u"nothing"_s); }).run(succeed));
    QVERIFY(linker.on(u"A"_s)
                .onSuccess([&](const OrderPlaced &order) { story.add(order.customer); })
                .run(succeed));
    QVERIFY(linker.on(u"A"_s)
                .onSuccess([&](Context &context, const QCborMap &order) {
                    story.add(context.eventName() + order.value(u"customer"_s).toString());
                })
                .run(succeed));
    QVERIFY(linker.on(u"A"_s)
                .onFailure([&](const TaskError &error) { story.add(error.what); })
                .run(fail));
    QVERIFY(linker.on(u"A"_s)
                .onFailure([&](Outcome outcome, Context &context, TaskError error) {
                    story.add(context.eventName() + outcomeName(outcome) + error.type);
                })
                .run(fail));
    QVERIFY(bench.emitter.emit(u"A"_s));
    QVERIFY(bench.drain());

    QCOMPARE(
        story.sorted(),
        (QStringList{u"AAda"_s, u"AFailedstd::runtime_error"_s, u"Ada"_s, u"no"_s, u"nothing"_s}));
}

void tst_SubscriptionBuilder::aWrongNumberOfArgumentsFailsTheTask()
{
    Bench bench(u"inline"_s);
    QVERIFY(bench.linker.on(u"A"_s)
                .onFailure([&](const TaskError &error) { bench.story.add(error.what); })
                .run([](const QString &) {}));

    QVERIFY(bench.emitter.emit(u"A"_s));
    QVERIFY(bench.emitter.emit(u"A"_s, {.positional = {1}}));

    QCOMPARE(bench.story.lines(),
             (QStringList{u"The handler takes 1 argument, but \"A\" has 0 arguments"_s,
                          u"Argument 1 of \"A\" must be a text, but it is the number 1"_s}));
}

void tst_SubscriptionBuilder::aCallbackThatWantsAnotherResultHarmsNothing()
{
    Bench bench(u"inline"_s);
    QVERIFY(bench.linker.on(u"A"_s)
                .onSuccess([&](int) { bench.story.add(u"a number"_s); })
                .onFailure([&] { bench.story.add(u"failed"_s); })
                .run([] { return u"text"_s; }));
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(u"^The success callback threw std::invalid_argument: "
                                            "The result must be a whole number .*, but it is the "
                                            "text \"text\"$"_s));

    const Result<Emission> emission = bench.emitter.emit(u"A"_s);

    QCOMPARE(emission->tasks().front().outcome, Outcome::Succeeded);
    QVERIFY(bench.story.lines().isEmpty());
}

void tst_SubscriptionBuilder::acceptsTypedEventsAndTheGlobalOne()
{
    Bench bench(u"inline"_s);
    QVERIFY(bench.linker.on<OrderPlaced>().run([&](const OrderPlaced &order) {
        bench.story.add(u"event %1 %2"_s.arg(order.customer).arg(order.count));
    }));
    QVERIFY(bench.linker.on<OrderPlaced>().run([&](const QString &customer, int count) {
        bench.story.add(u"fields %1 %2"_s.arg(customer).arg(count));
    }));
    QVERIFY(bench.linker.on(Event::global()).run([&](Context &context) {
        bench.story.add(u"global "_s + context.eventName());
    }));

    QVERIFY(bench.emitter.emit(u"OrderPlaced"_s, {.fields = toFields(OrderPlaced{u"Ada"_s, 2})}));

    QCOMPARE(bench.story.lines(),
             (QStringList{u"event Ada 2"_s, u"fields Ada 2"_s, u"global OrderPlaced"_s}));
}

void tst_SubscriptionBuilder::aCoroutineIsAnAsyncHandler()
{
    QFETCH(QString, executorKind);
    Bench bench(executorKind);
    const auto handler = [](const QString &text) -> QCoro::Task<QString> {
        co_return text + u"!"_s;
    };
    const auto subscription = bench.linker.on(u"A"_s)
                                  .onSuccess([&](const QString &text) { bench.story.add(text); })
                                  .run(handler);

    QCOMPARE(bench.linker.subscriber(subscription->id())->handler.kind, HandlerKind::Async);
    QVERIFY(bench.emitter.emit(u"A"_s, {.positional = {u"hello"_s}}));
    QVERIFY(bench.drain());

    QCOMPARE(bench.story.lines(), QStringList{u"hello!"_s});
}

void tst_SubscriptionBuilder::handsTheSettingsOver()
{
    EventLinker linker;
    const auto plain = linker.on(u"A"_s).run([] {});
    const auto special =
        linker.on(std::vector<Event>{u"A"_s}).blocking().idempotent().deadline(3s).run([] {});

    const SubscriberPointer first = linker.subscriber(plain->id());
    const SubscriberPointer second = linker.subscriber(special->id());

    QCOMPARE(first->handler.kind, HandlerKind::Sync);
    QVERIFY(!first->isOnce && !first->handler.isIdempotent && !first->onSuccess);
    QCOMPARE(second->handler.kind, HandlerKind::Blocking);
    QVERIFY(second->handler.isIdempotent);
    QCOMPARE(second->handler.deadline, std::chrono::nanoseconds(3s));
}

void tst_SubscriptionBuilder::ownCallbacksReplaceTheDefaultOnes()
{
    Story story;
    InlineExecutor executor;
    EventLinker linker(
        {.defaultOnSuccess = adaptSuccessCallback([&] { story.add(u"default"_s); })});
    EventEmitter emitter(linker, executor);
    QVERIFY(linker.on(u"A"_s).run([] {}));
    QVERIFY(linker.on(u"A"_s).onSuccess([&] { story.add(u"own"_s); }).run([] {}));

    QVERIFY(emitter.emit(u"A"_s));

    QCOMPARE(story.lines(), (QStringList{u"default"_s, u"own"_s}));
}

void tst_SubscriptionBuilder::emptyCallbacksAreNone()
{
    EventLinker linker;

    const auto subscription = linker.on(u"A"_s)
                                  .onSuccess(SuccessCallback())
                                  .onFailure(static_cast<void (*)()>(nullptr))
                                  .run([] {});

    const SubscriberPointer subscriber = linker.subscriber(subscription->id());
    QVERIFY(!subscriber->onSuccess);
    QVERIFY(!subscriber->onFailure);
}

static Result<Subscription> refused(EventLinker &linker, const QByteArray &what)
{
    const auto later = []() -> QCoro::Task<> { co_return; };
    if (what == "no events")
        return linker.on(std::vector<Event>()).run([] {});
    if (what == "empty name")
        return linker.on(u""_s).run([] {});
    if (what == "full")
        return linker.on(u"Full"_s).run([] {});
    if (what == "no handler")
        return linker.on(u"A"_s).run(HandlerFunction());
    if (what == "no coroutine")
        return linker.on(u"A"_s).run(HandlerCoroutine());
    if (what == "blocking coroutine")
        return linker.on(u"A"_s).blocking().run(later);
    return linker.on(u"A"_s).deadline(-1ns).run([] {});
}

void tst_SubscriptionBuilder::refusesWhatCannotBe_data()
{
    QTest::addColumn<int>("code");

    QTest::newRow("no events") << int(ErrorCode::NoEvents);
    QTest::newRow("empty name") << int(ErrorCode::InvalidEvent);
    QTest::newRow("full") << int(ErrorCode::MaxSubscribersReached);
    QTest::newRow("no handler") << int(ErrorCode::InvalidHandler);
    QTest::newRow("no coroutine") << int(ErrorCode::InvalidHandler);
    QTest::newRow("blocking coroutine") << int(ErrorCode::InvalidHandler);
    QTest::newRow("negative deadline") << int(ErrorCode::InvalidArgument);
}

void tst_SubscriptionBuilder::refusesWhatCannotBe()
{
    QFETCH(int, code);
    EventLinker linker({.maxSubscribers = 1});
    QVERIFY(linker.on(u"Full"_s).run([] {}));

    const Result<Subscription> result = refused(linker, QTest::currentDataTag());

    QVERIFY(!result);
    QCOMPARE(int(result.error().code), code);
    QVERIFY(result.error().message.endsWith(u'.'));
    QCOMPARE(linker.subscriberCount(), 1);
}

struct ThrowsWhenCopied
{
    ThrowsWhenCopied() = default;
    ThrowsWhenCopied(const ThrowsWhenCopied &) { throw std::runtime_error("copied"); }
    void operator()() const { }
};

void tst_SubscriptionBuilder::anExceptionOnTheWaySubscribesNothing()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    EventLinker linker;
    const ThrowsWhenCopied callback;

    QVERIFY_THROWS_EXCEPTION(std::runtime_error,
                             (void)linker.on(u"A"_s).onSuccess(callback).run([] {}));

    QVERIFY(linker.isEmpty());
}

void tst_SubscriptionBuilder::aForgottenRunIsComplainedAbout()
{
    QProcess process;
    startSelf(process, {u"forget"_s});
    QVERIFY(process.waitForFinished());

    const QString complaint = QString::fromLocal8Bit(process.readAllStandardError());
    QVERIFY2(complaint.contains(u"The subscription to \"A\" is not made: end it with run()."_s),
             qPrintable(complaint));
#ifdef QT_DEBUG
    QCOMPARE(endOf(process), u"signal 6"_s);
#else
    QCOMPARE(endOf(process), u"exit 0"_s);
#endif
}

static void forgetToRun()
{
    EventLinker linker;
    (void)linker.on(u"A"_s).once();
}

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    if (application.arguments().contains(u"forget"_s)) {
        forgetToRun();
        return 0;
    }
    tst_SubscriptionBuilder test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_subscriptionbuilder.moc"
