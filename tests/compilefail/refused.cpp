// SPDX-License-Identifier: MIT
// What the compiler has to refuse, and how; see CMakeLists.txt.
#include <fanfare/events/eventlinker.h>
#include <fanfare/sdk/handlertable.h>

#include <map>

using namespace Fanfare;

struct OrderPlaced
{
    Q_GADGET
};
struct OrderShipped
{
    Q_GADGET
};

class Table : public HandlerTable
{
public:
    void fill();
};

void Table::fill()
{
    handler(QStringLiteral("fine")).run<OrderPlaced>([](const OrderPlaced &, Context &) {});
#ifdef FANFARE_MISTAKES
    // refused: Parameter 1 of this handler is another typed event
    handler(QStringLiteral("wrong")).run<OrderPlaced>([](const OrderShipped &) {});
    // refused: start() wants a coroutine
    handler(QStringLiteral("wrong")).start([](Context &) {});
#endif
}

void subscribe(EventLinker &linker)
{
    const auto fine = linker.on(u"A").onSuccess([](int) {}).run([](int, Context &) { return 1; });
#ifdef FANFARE_MISTAKES
    // refused: Parameter 2 of this handler cannot be filled
    (void)linker.on(u"A").run([](int, const std::map<int, int> &) {});
    // refused: Parameter 1 of this handler cannot be filled
    (void)linker.on(u"A").run([](QString &) {});
    // refused: Parameter 3 of this handler cannot be filled
    (void)linker.on(u"A").run([](Context &, int, QObject *) {});
    // refused: Parameter 2 of this handler is another typed event
    (void)linker.on<OrderPlaced>().run([](Context &, const OrderShipped &) {});
    // refused: Only one parameter of a handler can be the typed event
    (void)linker.on(u"A").run([](const OrderPlaced &, const OrderShipped &) {});
    // refused: The result of this handler cannot be carried
    (void)linker.on(u"A").run([] { return std::map<int, int>(); });
    // refused: The result of this handler cannot be carried
    (void)linker.on(u"A").run([]() -> QCoro::Task<QObject *> { co_return nullptr; });
    // refused: A handler needs one call operator with written types
    (void)linker.on(u"A").run([](auto) {});
    // refused: A handler has at most 8 parameters
    (void)linker.on(u"A").run([](int, int, int, int, int, int, int, int, int) {});
    // refused: Parameter 1 of this success callback must be a Context & or the result
    (void)linker.on(u"A").onSuccess([](QObject *) {}).run([] {});
    // refused: A success callback takes at most a Context & and the result
    (void)linker.on(u"A").onSuccess([](Context &, int, int) {}).run([] {});
    // refused: Parameter 2 of this failure callback must be a Context &, an Outcome or
    (void)linker.on(u"A").onFailure([](Outcome, int) {}).run([] {});
    // refused: An event is a QString, a literal such as u"name", or Event::global()
    (void)linker.on("A").run([] {});
    // refused: A callback needs one call operator with written types
    (void)linker.on(u"A").onFailure([](auto &&...) {}).run([] {});
#endif
}
