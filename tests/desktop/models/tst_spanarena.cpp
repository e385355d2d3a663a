// SPDX-License-Identifier: MIT
#include "desktop/models/spanarena.h"

#include <QFile>
#include <QTest>

#include <cstring>
#include <random>

#include <sys/mman.h>
#include <unistd.h>

using namespace Fanfare;

class tst_SpanArena final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void piecesNeverOverlap();
    void usesAgainWhatWasGivenBack();
    void cutsSmallPiecesFromALargeOne();
    void countsWhatIsTaken();
    void aShortRunTakesFewPages();
    void asksForHugePagesWhenARunGrows();
    void listsGrowInIt();
    void makesPagesReadyAhead();
};

namespace {

constexpr size_t hugePage = size_t(2) << 20;

struct Piece
{
    uchar *begin = nullptr;
    size_t bytes = 0;
    uchar mark = 0;

    bool isWhole() const
    {
        return std::all_of(begin, begin + bytes, [this](uchar byte) { return byte == mark; });
    }
};

bool isReady(const void *memory, size_t bytes)
{
    std::vector<uchar> pages(bytes / size_t(sysconf(_SC_PAGESIZE)));
    if (mincore(const_cast<void *>(memory), bytes, pages.data()) != 0)
        return false;
    return std::ranges::all_of(pages, [](uchar page) { return (page & 1) != 0; });
}

/// The flags of the mapping that has \a address; empty when the kernel does not tell.
QByteArray flagsOf(const void *address)
{
    QFile file(QStringLiteral("/proc/self/smaps"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    bool isWanted = false;
    for (const QByteArray &line : file.readAll().split('\n')) {
        const QByteArray range = line.left(line.indexOf(' '));
        const qsizetype dash = range.indexOf('-');
        bool isRange = false;
        const quintptr begin = dash > 0 ? range.left(dash).toULongLong(&isRange, 16) : 0;
        if (isRange)
            isWanted = quintptr(address) >= begin
                && quintptr(address) < range.mid(dash + 1).toULongLong(nullptr, 16);
        else if (isWanted && line.startsWith("VmFlags:"))
            return line;
    }
    return {};
}

} // namespace

void tst_SpanArena::piecesNeverOverlap()
{
    std::mt19937 random(1);
    SpanArena arena;
    std::vector<Piece> pieces;

    for (int i = 0; i < 20'000; ++i) {
        if (!pieces.empty() && random() % 3 == 0) {
            std::swap(pieces[random() % pieces.size()], pieces.back());
            QVERIFY(pieces.back().isWhole());
            arena.giveBack(pieces.back().begin, pieces.back().bytes);
            pieces.pop_back();
        }
        const size_t bytes = 1 + random() % (random() % 100 == 0 ? 50'000 : 3'000);
        pieces.push_back({static_cast<uchar *>(arena.take(bytes)), bytes, uchar(i)});
        QCOMPARE(quintptr(pieces.back().begin) % 64, 0U);
        std::memset(pieces.back().begin, uchar(i), bytes);
    }

    for (const Piece &piece : pieces)
        QVERIFY(piece.isWhole());
}

void tst_SpanArena::usesAgainWhatWasGivenBack()
{
    SpanArena arena;
    void *small = arena.take(900);
    void *large = arena.take(30'000);
    const size_t mapped = arena.mapped();

    for (int i = 0; i < 1'000; ++i) {
        arena.giveBack(small, 900);
        arena.giveBack(large, 30'000);
        small = arena.take(900);
        large = arena.take(30'000);
    }

    QCOMPARE(arena.mapped(), mapped);
}

void tst_SpanArena::cutsSmallPiecesFromALargeOne()
{
    SpanArena arena;
    auto *large = static_cast<uchar *>(arena.take(100'000));
    arena.giveBack(large, 100'000);

    const auto *first = static_cast<uchar *>(arena.take(1'000));
    const auto *second = static_cast<uchar *>(arena.take(1'000));

    QCOMPARE(first, large);
    QCOMPARE(second, large + 1'024);
}

void tst_SpanArena::countsWhatIsTaken()
{
    SpanArena arena;

    void *first = arena.take(1);
    QCOMPARE(arena.bytes(), 64U);
    void *second = arena.take(5'000);
    QCOMPARE(arena.bytes(), 64U + 5'056U);
    arena.giveBack(first, 1);
    arena.giveBack(nullptr, 77);
    QCOMPARE(arena.bytes(), 5'056U);
    arena.giveBack(second, 5'000);
    QCOMPARE(arena.bytes(), 0U);
}

void tst_SpanArena::aShortRunTakesFewPages()
{
    SpanArena arena;
    QCOMPARE(arena.mapped(), 0U);

    for (int i = 0; i < 8; ++i)
        arena.take(1'500);

    QVERIFY(arena.mapped() <= 32'768);
    for (int i = 0; i < 500; ++i)
        arena.take(1'500);
    QVERIFY(arena.mapped() <= hugePage / 2); // nothing is made ready ahead yet
}

void tst_SpanArena::asksForHugePagesWhenARunGrows()
{
    SpanArena arena;
    for (size_t i = 0; i < 4 * hugePage / 32'768; ++i)
        arena.take(32'768);

    const void *list = arena.take(3 * hugePage);
    const void *grown = arena.take(32'768);

    QCOMPARE(quintptr(list) % hugePage, 0U);
    const QByteArray flags = flagsOf(list);
    if (flags.isEmpty() || !QFile::exists(QStringLiteral("/sys/kernel/mm/transparent_hugepage")))
        QSKIP("this kernel has no huge pages, or does not tell");
    QVERIFY2(flags.contains(" hg"), flags.constData());
    QVERIFY2(flagsOf(grown).contains(" hg"), flagsOf(grown).constData());
}

void tst_SpanArena::listsGrowInIt()
{
    SpanArena arena;
    {
        SpanVector<qint64> list{SpanAllocator<qint64>(arena)};
        for (qint64 i = 0; i < 100'000; ++i)
            list.push_back(i);

        QVERIFY(arena.bytes() >= list.size() * sizeof(qint64));
        QCOMPARE(list[99'999], 99'999);
    }

    QCOMPARE(arena.bytes(), 0U);
}

void tst_SpanArena::makesPagesReadyAhead()
{
    constexpr size_t bytes = 4 * hugePage;
    const auto map = [] {
        return static_cast<std::byte *>(
            mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    };
    std::byte *first = map();
    std::byte *second = map();
    std::byte *last = map();
    constexpr int populateWrite = 23;
    if (madvise(last, size_t(sysconf(_SC_PAGESIZE)), populateWrite) != 0)
        QSKIP("this kernel cannot make pages ready");
    QVERIFY(!isReady(first, bytes));
    {
        PageToucher toucher;

        toucher.touch(first, bytes);
        toucher.touch(second, bytes);

        QTRY_VERIFY_WITH_TIMEOUT(isReady(second, bytes), 60'000);
        QVERIFY(isReady(first, bytes));
        toucher.touch(last, bytes); // and ends in the middle of it
    }
    for (std::byte *memory : {first, second, last})
        munmap(memory, bytes);
}

QTEST_GUILESS_MAIN(tst_SpanArena)
#include "tst_spanarena.moc"
