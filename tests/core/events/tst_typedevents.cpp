// SPDX-License-Identifier: MIT
#include "linking.h"

#include <fanfare/events/eventemitter.h>
#include <fanfare/executors/inlineexecutor.h>
#include <fanfare/executors/threadpoolexecutor.h>
#include <fanfare/executors/transfer.h>

#include <QException>
#include <QPointF>
#include <QRegularExpression>
#include <QTest>

#include <stdexcept>

using namespace Qt::StringLiterals;
using namespace Fanfare;
using namespace Fanfare::Test;

struct OrderPlaced
{
    Q_GADGET
    Q_PROPERTY(int pieces MEMBER pieces)
    Q_PROPERTY(QString article MEMBER article)
public:
    int pieces = 1;
    QString article;
};

namespace Elsewhere {

/// Another class of the same name, as another library may have it.
struct OrderPlaced
{
    Q_GADGET
    Q_PROPERTY(qint64 pieces MEMBER pieces)
public:
    QString before; // so that the layout differs
    qint64 pieces = 0;
};

} // namespace Elsewhere

/// Has a field that stays in its process.
struct MouseMoved
{
    Q_GADGET
    Q_PROPERTY(QPointF place MEMBER place)
public:
    QPointF place;
};

struct PaymentFailed : std::runtime_error
{
    Q_GADGET
    Q_PROPERTY(int code MEMBER code)
public:
    PaymentFailed(int failure = 0)
        : std::runtime_error("the payment failed")
        , code(failure)
    {
    }
    int code;
};

struct CardExpired final : PaymentFailed
{
    Q_GADGET
    Q_PROPERTY(int month MEMBER month)
public:
    int month = 0;
};

/// Says nothing of itself to moc.
struct Unannounced : OrderPlaced
{
};

struct DiskFull final : QException
{
    Q_GADGET
    Q_PROPERTY(QString disk MEMBER disk)
public:
    QString disk;

    void raise() const override { throw *this; }
    DiskFull *clone() const override { return new DiskFull(*this); }
};

static_assert(EventType<OrderPlaced> && !ErrorEventType<OrderPlaced>);
static_assert(ErrorEventType<PaymentFailed> && ErrorEventType<DiskFull>);
static_assert(!EventType<QObject> && !EventType<QString> && !EventType<std::runtime_error>);
static_assert(!EventType<Unannounced>);

/// Refuses what an executor of processes refuses.
class BorderExecutor final : public Executor
{
public:
    Result<Emission> submit(Submission &submission) override
    {
        for (const Arguments &arguments : submission.arguments) {
            if (const Result<void> transferable = checkTransferable(arguments); !transferable)
                return transferable.error();
        }
        return m_inline.submit(submission);
    }
    Result<void> shutdown(ShutdownMode mode, PendingMode pending) override
    {
        return m_inline.shutdown(mode, pending);
    }
    void cancelAll() override { m_inline.cancelAll(); }
    void cancel(const EmissionRange &range) override { m_inline.cancel(range); }
    bool waitUntilIdle(std::chrono::nanoseconds timeout) override
    {
        return m_inline.waitUntilIdle(timeout);
    }
    bool isAccepting() const override { return m_inline.isAccepting(); }
    ExecutorCounters counters() const override { return m_inline.counters(); }
    LiveSample sample(int queuedLimit) const override { return m_inline.sample(queuedLimit); }

private:
    InlineExecutor m_inline;
};

/// A subscriber that runs \a function(const Type &, Context &).
template <EventType Type, typename Function>
static SubscriberOptions receiving(Function function)
{
    SubscriberOptions options;
    options.handler.takesObject = true;
    options.handler.run = [function](Context &context) -> QCborValue {
        const ReceivedEvent<Type> event(context.arguments());
        function(*event, context);
        return {};
    };
    return options;
}

class tst_TypedEvents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void threadsReceiveTheVeryObject();
    void fieldsAreMadeOnlyForThoseWhoReadThem();
    void whoeverSeesNoContextNeedsNoFields_data();
    void whoeverSeesNoContextNeedsNoFields();
    void aBatchOfObjectsIsOneAct();
    void handlersOfTheNameReadTheFields();
    void anotherClassOfTheNameReceivesTheFields();
    void whatIsEmittedAsFieldsArrivesAsAnObject();
    void fieldsThatDoNotFitFailTheTask();
    void whatCannotTravelWorksOnThreads();
    void whatCannotTravelIsRefusedAtTheBorder();
    void whatCannotTravelIsNamed_data();
    void whatCannotTravelIsNamed();
    void errorsAreEvents();
    void aCaughtErrorIsEmittedAsItIs();
    void baseClassesOfErrorsAreNotHeard();
};

void tst_TypedEvents::threadsReceiveTheVeryObject()
{
    EventLinker linker;
    ThreadPoolExecutor executor({.workers = 2});
    EventEmitter emitter(linker, executor);
    std::atomic<const void *> received = nullptr;
    subscribe(linker, {Event::of<OrderPlaced>()},
              receiving<OrderPlaced>([&](const auto &event, Context &) { received = &event; }));
    const Arguments arguments = argumentsOf(OrderPlaced{3, u"tea"_s});

    const auto emission = emitter.emit(Event::of<OrderPlaced>(), arguments);

    QVERIFY(bool(emission));
    QVERIFY(executor.waitUntilIdle(std::chrono::seconds(20)));
    QVERIFY(received.load());
    QCOMPARE(received.load(), arguments.value->object(OrderPlaced::staticMetaObject));
}

void tst_TypedEvents::fieldsAreMadeOnlyForThoseWhoReadThem()
{
    EventLinker linker;
    InlineExecutor executor;
    EventEmitter emitter(linker, executor);
    QList<QCborMap> seen;
    const auto look = [&](const OrderPlaced &, Context &context) {
        seen.append(context.arguments().fields);
    };
    subscribe(linker, {Event::of<OrderPlaced>()}, receiving<OrderPlaced>(look));

    const bool first = bool(emitter.emit(OrderPlaced{3, u"tea"_s}));
    subscribe(linker, {Event::global()});
    const bool second = bool(emitter.emit(OrderPlaced{4, u"cup"_s}));

    QVERIFY(first && second);
    QCOMPARE(seen, (QList{QCborMap(), QCborMap{{u"pieces"_s, 4}, {u"article"_s, u"cup"_s}}}));
}

void tst_TypedEvents::whoeverSeesNoContextNeedsNoFields_data()
{
    using Subscribe = std::function<Result<Subscription>(EventLinker &)>;
    QTest::addColumn<Subscribe>("subscribing");
    QTest::addColumn<bool>("needsFields");
    const auto object = [](const OrderPlaced &) {};
    const auto field = [](Named<"article", QString>) {};
    const auto context = [](const OrderPlaced &, Context &) {};

    QTest::newRow("object") << Subscribe([=](EventLinker &linker) {
        return linker.on<OrderPlaced>().run(object);
    }) << false;
    QTest::newRow("field") << Subscribe([=](EventLinker &linker) {
        return linker.on<OrderPlaced>().run(field);
    }) << false;
    QTest::newRow("context") << Subscribe([=](EventLinker &linker) {
        return linker.on<OrderPlaced>().run(context);
    }) << true;
}

void tst_TypedEvents::whoeverSeesNoContextNeedsNoFields()
{
    QFETCH(const std::function<Result<Subscription>(EventLinker &)>, subscribing);
    QFETCH(const bool, needsFields);
    EventLinker linker;
    const Result<Subscription> subscription = subscribing(linker);
    std::vector<SubscriberPointer> taken;

    const RecipientsPointer recipients = linker.take(Event::of<OrderPlaced>(), taken);

    QVERIFY(subscription);
    QVERIFY(recipients);
    QCOMPARE(recipients->needFields, needsFields);
}

void tst_TypedEvents::aBatchOfObjectsIsOneAct()
{
    EventLinker linker;
    InlineExecutor executor;
    EventEmitter emitter(linker, executor);
    QStringList articles;
    const auto subscription = linker.on<OrderPlaced>().run(
        [&](const OrderPlaced &event) { articles.append(event.article); });

    const auto batch =
        emitter.emitBatch(std::vector{OrderPlaced{1, u"tea"_s}, OrderPlaced{2, u"cup"_s}});
    const auto empty = emitter.emitBatch(std::vector<OrderPlaced>());

    QVERIFY(subscription && batch);
    QCOMPARE(batch->taskCount(), 2);
    QCOMPARE(articles, (QStringList{u"tea"_s, u"cup"_s}));
    QVERIFY(!empty);
    QCOMPARE(empty.error().code, ErrorCode::InvalidArgument);
}

void tst_TypedEvents::handlersOfTheNameReadTheFields()
{
    EventLinker linker;
    InlineExecutor executor;
    EventEmitter emitter(linker, executor);
    Arguments seen;
    SubscriberOptions options;
    options.handler.run = [&](Context &context) -> QCborValue {
        seen = context.arguments();
        return {};
    };
    subscribe(linker, {u"OrderPlaced"_s}, options);

    const auto emission = emitter.emit(OrderPlaced{3, u"tea"_s});

    QVERIFY(bool(emission));
    QCOMPARE(emission->eventName(), u"OrderPlaced"_s);
    QCOMPARE(seen.fields, (QCborMap{{u"pieces"_s, 3}, {u"article"_s, u"tea"_s}}));
}

void tst_TypedEvents::anotherClassOfTheNameReceivesTheFields()
{
    EventLinker linker;
    InlineExecutor executor;
    EventEmitter emitter(linker, executor);
    qint64 pieces = 0;
    subscribe(linker, {Event::of<OrderPlaced>()},
              receiving<OrderPlaced>([&](const auto &event, Context &) { pieces = event.pieces; }));
    Elsewhere::OrderPlaced order;
    order.pieces = 7;

    const auto emission = emitter.emit(order);

    QVERIFY(bool(emission));
    QCOMPARE(pieces, 7);
}

void tst_TypedEvents::whatIsEmittedAsFieldsArrivesAsAnObject()
{
    EventLinker linker;
    InlineExecutor executor;
    EventEmitter emitter(linker, executor);
    OrderPlaced received;
    subscribe(linker, {Event::of<OrderPlaced>()},
              receiving<OrderPlaced>([&](const auto &event, Context &) { received = event; }));

    const auto emission = emitter.emit(u"OrderPlaced"_s, {.fields = {{u"article"_s, u"pot"_s}}});

    QVERIFY(bool(emission));
    QCOMPARE(received.article, u"pot"_s);
    QCOMPARE(received.pieces, 1);
}

void tst_TypedEvents::fieldsThatDoNotFitFailTheTask()
{
    EventLinker linker;
    InlineExecutor executor;
    EventEmitter emitter(linker, executor);
    TaskError error;
    SubscriberOptions options = receiving<OrderPlaced>([](const auto &, Context &) {});
    options.onFailure = [&](Context &, Outcome, const TaskError &what) { error = what; };
    subscribe(linker, {Event::of<OrderPlaced>()}, options);

    const auto emission = emitter.emit(u"OrderPlaced"_s, {.fields = {{u"pieces"_s, u"two"_s}}});

    QVERIFY(bool(emission));
    QCOMPARE(error.what, u"The field \"pieces\" of OrderPlaced must be of type int"_s);
}

void tst_TypedEvents::whatCannotTravelWorksOnThreads()
{
    EventLinker linker;
    ThreadPoolExecutor executor({.workers = 1});
    EventEmitter emitter(linker, executor);
    QPointF place;
    subscribe(linker, {Event::of<MouseMoved>()},
              receiving<MouseMoved>([&](const auto &event, Context &) { place = event.place; }));

    const auto emission = emitter.emit(MouseMoved{{3, 4}});

    QVERIFY(bool(emission));
    QVERIFY(executor.waitUntilIdle(std::chrono::seconds(20)));
    QCOMPARE(place, QPointF(3, 4));
}

void tst_TypedEvents::whatCannotTravelIsRefusedAtTheBorder()
{
    EventLinker linker;
    BorderExecutor executor;
    EventEmitter emitter(linker, executor);
    subscribe(linker, {Event::global()}, idleOnce());

    const auto refused = emitter.emit(MouseMoved{{3, 4}});
    const int subscribersLeft = linker.subscriberCount();
    const auto accepted = emitter.emit(OrderPlaced());

    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::NotTransferable);
    QCOMPARE(refused.error().message,
             u"The field \"place\" of MouseMoved cannot leave this process, because its type "
             "QPointF has no CBOR form; change it, or emit it on an executor of threads."_s);
    QCOMPARE(subscribersLeft, 1);
    QVERIFY(bool(accepted));
}

void tst_TypedEvents::whatCannotTravelIsNamed_data()
{
    QTest::addColumn<Arguments>("arguments");
    QTest::addColumn<QString>("what");
    const QString lone(QChar(0xdc00));
    QCborValue deep;
    for (int i = 0; i < 1000; ++i)
        deep = QCborArray{deep};

    QTest::newRow("argument") << Arguments{{1, lone}, {}, {}} << u"The argument 2 "_s;
    QTest::newRow("inside") << Arguments{{QCborMap{{1, QCborArray{lone}}}}, {}, {}}
                            << u"The argument 1 "_s;
    QTest::newRow("named") << Arguments{{}, {{u"color"_s, lone}}, {}}
                           << u"The argument \"color\" "_s;
    QTest::newRow("field") << Arguments{{}, {}, {{u"note"_s, u"\ufeffx"_s}}}
                           << u"The field \"note\" "_s;
    QTest::newRow("depth") << Arguments{{deep}, {}, {}} << u"nested more than 500 deep"_s;
    QTest::newRow("invalid") << Arguments{{QCborValue(QCborValue::Invalid)}, {}, {}}
                             << u"an invalid QCborValue"_s;
}

void tst_TypedEvents::whatCannotTravelIsNamed()
{
    QFETCH(const Arguments, arguments);
    QFETCH(const QString, what);

    const Result<void> result = checkTransferable(arguments);

    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::NotTransferable);
    QVERIFY2(result.error().message.contains(what), qPrintable(result.error().message));
    QVERIFY(checkTransferable({}));
    QVERIFY(checkTransferable({{1, u"grüße"_s}, {{u"a"_s, nullptr}}, {}}));
}

void tst_TypedEvents::errorsAreEvents()
{
    EventLinker linker;
    InlineExecutor executor;
    EventEmitter emitter(linker, executor);
    int code = 0;
    QString disk;
    subscribe(linker, {Event::error<PaymentFailed>()},
              receiving<PaymentFailed>([&](const auto &error, Context &) { code = error.code; }));
    subscribe(linker, {Event::error<DiskFull>()},
              receiving<DiskFull>([&](const auto &error, Context &) { disk = error.disk; }));
    DiskFull full;
    full.disk = u"/home"_s;

    const auto payment = emitter.emit(PaymentFailed(402));
    const auto storage = emitter.emit(full);

    QVERIFY(bool(payment) && bool(storage));
    QCOMPARE(code, 402);
    QCOMPARE(disk, u"/home"_s);
    QCOMPARE(toFields(PaymentFailed(402)), (QCborMap{{u"code"_s, 402}}));
}

void tst_TypedEvents::aCaughtErrorIsEmittedAsItIs()
{
    EventLinker linker;
    InlineExecutor executor;
    EventEmitter emitter(linker, executor);
    int code = 0;
    SubscriberOptions paying;
    paying.handler.run = [&](Context &) -> QCborValue {
        try {
            throw PaymentFailed(402);
        } catch (const PaymentFailed &error) {
            return bool(emitter.emit(error));
        }
    };
    subscribe(linker, {u"Pay"_s}, paying);
    subscribe(linker, {Event::error<PaymentFailed>()},
              receiving<PaymentFailed>([&](const auto &error, Context &) { code = error.code; }));

    const auto emission = emitter.emit(u"Pay"_s);

    QVERIFY(bool(emission));
    QCOMPARE(code, 402);
}

void tst_TypedEvents::baseClassesOfErrorsAreNotHeard()
{
    EventLinker linker;
    InlineExecutor executor;
    EventEmitter emitter(linker, executor);
    subscribe(linker, {Event::error<PaymentFailed>()});

    const auto emission = emitter.emit(CardExpired());

    QVERIFY(bool(emission));
    QCOMPARE(emission->taskCount(), 0);
}

QTEST_GUILESS_MAIN(tst_TypedEvents)
#include "tst_typedevents.moc"
