// SPDX-License-Identifier: MIT
#include <fanfare/sdk/handlertable.h>

#include <QCoroTask>
#include <QCoroTimer>
#include <QTest>
#include <QTimer>

#include <memory>
#include <support/recordingcontext.h>

using namespace Qt::StringLiterals;
using namespace Fanfare;
using Fanfare::Test::RecordingContext;

struct FileAdded
{
    Q_GADGET
    Q_PROPERTY(QString path MEMBER path)
    Q_PROPERTY(int depth MEMBER depth)
public:
    QString path;
    int depth = 3;
};

/// QCoro::waitFor() waits forever for a task that throws, so this catches what it throws.
static QCoro::Task<QCborValue> withoutThrowing(QCoro::Task<QCborValue> task)
{
    try {
        QCborValue result = co_await task;
        co_return result;
    } catch (const std::exception &error) {
        co_return u"threw: "_s + QString::fromUtf8(error.what());
    }
}

/// What \a handler returns for \a arguments, or the sentence of what it throws.
template <typename Event = void, typename Callable>
static QCborValue outcomeOf(Callable handler, Arguments arguments = {})
{
    RecordingContext context(u"E"_s, std::move(arguments));
    const auto adapted = adaptHandler<Event>(std::move(handler));
    try {
        if constexpr (isAsyncCallable<Callable>())
            return QCoro::waitFor(withoutThrowing(adapted(context)));
        else
            return adapted(context);
    } catch (const std::exception &error) {
        return u"threw: "_s + QString::fromUtf8(error.what());
    }
}

class tst_Callable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passesWhatTheParametersAskFor();
    void passesPositionalArgumentsInOrder();
    void passesTheContextAtAnyPlace();
    void passesNamedArgumentsAndFields();
    void passesTheTypedEvent();
    void passesTheFieldsOfTheEventItIsSubscribedTo();
    void lastOptionalArgumentsMayBeMissing();
    void aHandlerWithoutValuesTakesAnyArguments();
    void returnsWhatTheCallableReturns();
    void refusesAWrongNumberOfArguments_data();
    void refusesAWrongNumberOfArguments();
    void namesThePositionAndBothTypes_data();
    void namesThePositionAndBothTypes();
    void namesTheFirstArgumentThatDoesNotFit();
    void namesTheFieldThatDoesNotFit();
    void knowsAsyncCallables();
    void whatACoroutineRefersToLivesAsLongAsIt();
    void aCoroutineFailsForWrongArguments();
    void takesCallablesThatCannotBeCopied();
    void anEmptyCallableGivesAnEmptyFunction();
    void aPluginTakesEveryKindOfCallable();
};

static int plus(int a, int b)
{
    return a + b;
}

struct Doubler
{
    int operator()(int value) const noexcept { return 2 * value; }
};

void tst_Callable::passesWhatTheParametersAskFor()
{
    QCOMPARE(outcomeOf(&plus, {.positional = {2, 3}}), QCborValue(5));
    QCOMPARE(outcomeOf(plus, {.positional = {2, 3}}), QCborValue(5));
    QCOMPARE(outcomeOf(Doubler(), {.positional = {2}}), QCborValue(4));
    QCOMPARE(outcomeOf(std::function<int(int)>(Doubler()), {.positional = {2}}), QCborValue(4));
    QCOMPARE(outcomeOf([](QString &&text) { return text + u"!"_s; }, {.positional = {u"a"_s}}),
             QCborValue(u"a!"_s));
}

void tst_Callable::passesPositionalArgumentsInOrder()
{
    const auto handler = [](const QString &text, qint64 number, double real, bool flag,
                            const QStringList &list, const QCborMap &map, QCborValue any) {
        return QCborArray{text, number, real, flag, list.join(u'+'), map.size(), any};
    };
    const QCborArray positional{
        u"a"_s, 2, 3.5, true, QCborArray{u"x"_s, u"y"_s}, QCborMap{{u"k"_s, 1}}, QCborValue::Null};

    const QCborValue result = outcomeOf(handler, {.positional = positional});

    QCOMPARE(result, QCborValue(QCborArray{u"a"_s, 2, 3.5, true, u"x+y"_s, 1, QCborValue::Null}));
}

void tst_Callable::passesTheContextAtAnyPlace()
{
    const auto first = [](Context &context, int number) {
        return context.eventName() + QString::number(number);
    };
    const auto last = [](int number, const Context &context) {
        return context.eventName() + QString::number(number);
    };

    QCOMPARE(outcomeOf(first, {.positional = {7}}), QCborValue(u"E7"_s));
    QCOMPARE(outcomeOf(last, {.positional = {7}}), QCborValue(u"E7"_s));
}

void tst_Callable::passesNamedArgumentsAndFields()
{
    const auto handler = [](Named<"path", QString> path, const Named<"depth", int> &depth,
                            Named<"limit", std::optional<int>> limit, int first) {
        return QCborArray{*path, *depth, limit->value_or(-1), first, path->size()};
    };

    QCOMPARE(outcomeOf(handler,
                       {.positional = {9},
                        .named = {{u"path"_s, u"/a"_s}},
                        .fields = {{u"path"_s, u"not this"_s}, {u"depth"_s, 4}}}),
             QCborValue(QCborArray{u"/a"_s, 4, -1, 9, 2}));
    QCOMPARE(outcomeOf(handler, {.positional = {9}, .named = {{u"path"_s, u"/a"_s}}}),
             QCborValue(u"threw: The argument \"depth\" must be a whole number from -2147483648 "
                        "to 2147483647, but it is nothing"_s));
}

void tst_Callable::passesTheTypedEvent()
{
    const QCborMap fields{{u"path"_s, u"/a"_s}};
    const auto byReference = [](const FileAdded &event) { return event.path; };
    const auto byValue = [](int extra, FileAdded event) { return extra + event.depth; };

    QCOMPARE(outcomeOf(byReference, {.fields = fields}), QCborValue(u"/a"_s));
    QCOMPARE(outcomeOf<FileAdded>(byReference, {.fields = fields}), QCborValue(u"/a"_s));
    QCOMPARE(outcomeOf<FileAdded>(byValue, {.positional = {4}, .fields = fields}), QCborValue(7));
    QCOMPARE(outcomeOf(byReference, {.fields = {{u"deep"_s, 1}}}),
             QCborValue(u"threw: FileAdded has no field \"deep\""_s));
}

void tst_Callable::passesTheFieldsOfTheEventItIsSubscribedTo()
{
    const auto handler = [](const QString &path, int depth, Context &) {
        return path + QString::number(depth);
    };

    QCOMPARE(outcomeOf<FileAdded>(handler, {.fields = {{u"depth"_s, 1}, {u"path"_s, u"/a"_s}}}),
             QCborValue(u"/a1"_s));
    QCOMPARE(outcomeOf<FileAdded>(handler, {.fields = {{u"path"_s, u"/a"_s}}}),
             QCborValue(u"/a3"_s));
    QCOMPARE(outcomeOf<FileAdded>([](const QString &) {}),
             QCborValue(u"threw: The handler takes 1 argument, but \"E\" has 2 fields"_s));
}

void tst_Callable::lastOptionalArgumentsMayBeMissing()
{
    const auto handler = [](int first, std::optional<int> second, std::optional<QString> third) {
        return QCborArray{first, second.value_or(-1), third.value_or(u"none"_s)};
    };

    QCOMPARE(outcomeOf(handler, {.positional = {1}}), QCborValue(QCborArray{1, -1, u"none"_s}));
    QCOMPARE(outcomeOf(handler, {.positional = {1, 2}}), QCborValue(QCborArray{1, 2, u"none"_s}));
    QCOMPARE(outcomeOf(handler, {.positional = {1, QCborValue::Null, u"x"_s}}),
             QCborValue(QCborArray{1, -1, u"x"_s}));
}

void tst_Callable::aHandlerWithoutValuesTakesAnyArguments()
{
    QCOMPARE(outcomeOf([] { return 1; }, {.positional = {1, 2}}), QCborValue(1));
    QCOMPARE(outcomeOf([](Context &) { return 1; }, {.positional = {1, 2}}), QCborValue(1));
}

void tst_Callable::returnsWhatTheCallableReturns()
{
    const FileAdded event{u"/a"_s, 1};

    QVERIFY(outcomeOf([] {}).isUndefined());
    QCOMPARE(outcomeOf([] { return true; }), QCborValue(true));
    QCOMPARE(outcomeOf([] { return 2.5f; }), QCborValue(2.5));
    QCOMPARE(outcomeOf([] { return u"text"_s; }), QCborValue(u"text"_s));
    QCOMPARE(outcomeOf([] { return "text"_L1; }), QCborValue(u"text"_s));
    QCOMPARE(outcomeOf([] { return QList<int>{1, 2}; }), QCborValue(QCborArray{1, 2}));
    QCOMPARE(outcomeOf([] { return std::optional<int>(); }), QCborValue());
    QCOMPARE(outcomeOf([&]() -> const FileAdded & { return event; }),
             QCborValue(QCborMap{{u"path"_s, u"/a"_s}, {u"depth"_s, 1}}));
    QCOMPARE(outcomeOf([] { return ~quint64(0); }),
             QCborValue(u"threw: 18446744073709551615 is above 2^63 - 1"_s));
}

void tst_Callable::refusesAWrongNumberOfArguments_data()
{
    QTest::addColumn<QCborArray>("positional");
    QTest::addColumn<QString>("sentence");

    const QString sentence =
        u"threw: The handler takes 1 to 2 arguments, but \"E\" has %1 "_s + u"arguments"_s;
    QTest::newRow("none") << QCborArray() << sentence.arg(0);
    QTest::newRow("too many") << QCborArray{1, 2, 3} << sentence.arg(3);
}

void tst_Callable::refusesAWrongNumberOfArguments()
{
    QFETCH(QCborArray, positional);
    QFETCH(QString, sentence);

    QCOMPARE(outcomeOf([](int, std::optional<int>) {}, {.positional = positional}),
             QCborValue(sentence));
}

using HandlerFunction = std::function<QCborValue(Context &)>;
Q_DECLARE_METATYPE(HandlerFunction)

void tst_Callable::namesThePositionAndBothTypes_data()
{
    QTest::addColumn<HandlerFunction>("handler");
    QTest::addColumn<QCborValue>("value");
    QTest::addColumn<QString>("sentence");

    QTest::newRow("text") << adaptHandler([](QString) {}) << QCborValue(5)
                          << u"a text, but it is the number 5"_s;
    QTest::newRow("bool") << adaptHandler([](bool) {}) << QCborValue(u"yes"_s)
                          << u"true or false, but it is the text \"yes\""_s;
    QTest::newRow("number") << adaptHandler([](double) {}) << QCborValue(true)
                            << u"a number, but it is true"_s;
    QTest::newRow("range") << adaptHandler([](qint8) {}) << QCborValue(128)
                           << u"a whole number from -128 to 127, but it is the number 128"_s;
    QTest::newRow("fraction") << adaptHandler([](quint16) {}) << QCborValue(1.5)
                              << u"a whole number from 0 to 65535, but it is the number 1.5"_s;
    QTest::newRow("list") << adaptHandler([](QList<bool>) {}) << QCborValue(QCborArray{true, 1})
                          << u"a list of which every item is true or false, but it is a list"_s;
    QTest::newRow("null") << adaptHandler([](QCborMap) {}) << QCborValue(QCborValue::Null)
                          << u"a map, but it is null"_s;
}

void tst_Callable::namesThePositionAndBothTypes()
{
    QFETCH(HandlerFunction, handler);
    QFETCH(QCborValue, value);
    QFETCH(QString, sentence);

    const QCborValue outcome = outcomeOf(handler, {.positional = {value}});

    QCOMPARE(outcome.toString(), u"threw: Argument 1 of \"E\" must be "_s + sentence);
}

void tst_Callable::namesTheFirstArgumentThatDoesNotFit()
{
    const auto handler = [](int, Context &, QString, bool) {};

    const QCborValue outcome = outcomeOf(handler, {.positional = {1, 2, 3}});

    QCOMPARE(outcome.toString(),
             u"threw: Argument 2 of \"E\" must be a text, but it is the number 2"_s);
}

void tst_Callable::namesTheFieldThatDoesNotFit()
{
    const auto handler = [](bool, int) {};

    const QCborValue outcome = outcomeOf<FileAdded>(handler, {.fields = {{u"path"_s, u"/a"_s}}});

    QCOMPARE(outcome.toString(),
             u"threw: The field \"path\" must be true or false, but it is the text \"/a\""_s);
}

static QCoro::Task<> nothingLater()
{
    co_return;
}

void tst_Callable::knowsAsyncCallables()
{
    QVERIFY(isAsyncCallable<decltype(&nothingLater)>());
    QVERIFY(!isAsyncCallable<decltype(&plus)>());
    QVERIFY(outcomeOf(&nothingLater).isUndefined());
}

void tst_Callable::whatACoroutineRefersToLivesAsLongAsIt()
{
    const auto handler = [](const QString &text, const FileAdded &event,
                            Context &context) -> QCoro::Task<QString> {
        QTimer timer;
        timer.start(0);
        co_await timer;
        co_return text + event.path + context.eventName();
    };
    const QString text = u"a text that is too long for any small buffer"_s;

    const QCborValue result =
        outcomeOf(handler, {.positional = {text}, .fields = {{u"path"_s, u"/a/"_s}}});

    QCOMPARE(result.toString(), text + u"/a/E"_s);
}

void tst_Callable::aCoroutineFailsForWrongArguments()
{
    const auto handler = [](int) -> QCoro::Task<int> { co_return 1; };

    QCOMPARE(outcomeOf(handler).toString(),
             u"threw: The handler takes 1 argument, but \"E\" has 0 arguments"_s);
}

void tst_Callable::takesCallablesThatCannotBeCopied()
{
    auto handler = [kept = std::make_unique<int>(5)](int value) { return *kept + value; };

    QCOMPARE(outcomeOf(std::move(handler), {.positional = {2}}), QCborValue(7));
}

void tst_Callable::anEmptyCallableGivesAnEmptyFunction()
{
    QVERIFY(!adaptHandler(std::function<void(int)>()));
    QVERIFY(!adaptHandler(static_cast<QCborValue (*)(Context &)>(nullptr)));
    QVERIFY(bool(adaptHandler([] {})));
}

class TablePlugin final : public HandlerTable
{
public:
    TablePlugin()
    {
        handler(u"plus"_s).on(u"Numbers"_s).run(&plus);
        handler(u"later"_s).on(u"Later"_s).run(&nothingLater);
        handler(u"depth"_s).run<FileAdded>([](const QString &, int depth) { return depth; });
    }
};

void tst_Callable::aPluginTakesEveryKindOfCallable()
{
    TablePlugin plugin;
    QStringList table;
    for (const QCborValue row : plugin.handlers()) {
        const QCborMap map = row.toMap();
        table.append(map.value(u"name"_s).toString() + u' ' + map.value(u"kind"_s).toString() + u' '
                     + map.value(u"events"_s).toArray().at(0).toString());
    }
    RecordingContext context(u"Numbers"_s, {.positional = {1, 2}});
    const std::unique_ptr<Handler> handler(plugin.create(u"plus"_s));

    const QCborValue result = handler->run(context);

    QCOMPARE(
        table,
        (QStringList{u"plus sync Numbers"_s, u"later async Later"_s, u"depth sync FileAdded"_s}));
    QCOMPARE(result, QCborValue(3));
}

QTEST_GUILESS_MAIN(tst_Callable)
#include "tst_callable.moc"
