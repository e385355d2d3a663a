// SPDX-License-Identifier: MIT
#include <fanfare/sdk/handlertable.h>

#include <QObject>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <unistd.h>

using namespace Qt::StringLiterals;
using Fanfare::Context;

static QCborValue printEveryWay(Context &context)
{
    std::cout << "by cout" << std::endl;
    std::cerr << "by cerr" << std::endl;
    std::printf("by printf\n");
    std::fprintf(stderr, "by fprintf\n");
    qWarning("by qWarning");
    context.print(u"by print"_s);
    return {};
}

static QCborValue printWithoutEnd(Context &)
{
    std::cout << "no line end";
    return {};
}

static QCborValue writeRaw(Context &)
{
    const std::string text = "past the capture\n";
    for (const int descriptor : {STDOUT_FILENO, STDERR_FILENO}) {
        if (write(descriptor, text.data(), text.size()) < 0)
            return u"failed"_s;
    }
    return {};
}

static QCborValue floodRaw(Context &)
{
    const std::string text(1024 * 1024, 'x');
    for (int i = 0; i < 64; ++i) {
        if (write(STDERR_FILENO, text.data(), text.size()) < 0)
            return u"failed"_s;
    }
    return {};
}

static QCborValue abortWithWords(Context &)
{
    std::fputs("last words\n", stderr);
    std::abort();
}

static QCborValue leave(Context &)
{
    std::exit(5);
}

/// Deep enough for any stack; the sum keeps the compiler from making a loop of it.
static int recurse(volatile char *above, int depth)
{
    volatile char page[4096];
    page[0] = char(depth);
    return depth == 0 ? above[0] : recurse(page, depth - 1) + page[0];
}

static QCborValue overflowStack(Context &)
{
    volatile char first[1] = {1};
    return recurse(first, 1'000'000'000);
}

static QCborValue closeStandardFiles(Context &)
{
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        close(descriptor);
    return {};
}

static QCborValue readInput(Context &)
{
    return std::getchar() == EOF ? u"nothing"_s : u"something"_s;
}

class PrinterPlugin final : public QObject, public Fanfare::HandlerTable
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID FANFARE_HANDLER_PLUGIN_IID FILE "printer.json")
    Q_INTERFACES(Fanfare::HandlerPlugin)

public:
    PrinterPlugin()
    {
        handler(u"printEveryWay"_s).on(u"PrintEveryWay"_s).run(&printEveryWay);
        handler(u"printWithoutEnd"_s).on(u"PrintWithoutEnd"_s).run(&printWithoutEnd);
        handler(u"writeRaw"_s).on(u"WriteRaw"_s).run(&writeRaw);
        handler(u"floodRaw"_s).on(u"FloodRaw"_s).run(&floodRaw);
        handler(u"abortWithWords"_s).on(u"AbortWithWords"_s).run(&abortWithWords);
        handler(u"leave"_s).on(u"Leave"_s).run(&leave);
        handler(u"overflowStack"_s).on(u"OverflowStack"_s).run(&overflowStack);
        handler(u"closeStandardFiles"_s).on(u"CloseStandardFiles"_s).run(&closeStandardFiles);
        handler(u"left"_s).on(u"Pair"_s).run(&readInput);
        handler(u"right"_s).on(u"Pair"_s).run(&readInput);
        handler(u"readInput"_s).on(u"ReadInput"_s).run(&readInput);
    }
};

#include "printer.moc"
