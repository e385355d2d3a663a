// SPDX-License-Identifier: MIT
#include <fanfare/base/heap.h>

#include <QFile>
#include <QTest>

#include <cstring>
#include <memory>
#include <thread>
#include <unistd.h>

using namespace Fanfare;

class tst_Heap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLargeBlockGoesBack();
};

/// Of this process, in bytes.
static qint64 residentMemory()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    return file.open(QIODevice::ReadOnly)
        ? file.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE)
        : 0;
}

static void useLargeBlock()
{
    static constexpr size_t size = 16 * 1024 * 1024;
    const auto block = std::make_unique<char[]>(size);
    std::memset(block.get(), 1, size);
}

void tst_Heap::aLargeBlockGoesBack()
{
    returnLargeBlocks();
    const qint64 before = residentMemory();
    qint64 growth = 0;

    std::thread([&] {
        for (int i = 0; i < 3; ++i) // the second one would come from the heap
            useLargeBlock();
        growth = residentMemory() - before;
    }).join();

    QVERIFY2(growth < 8 * 1024 * 1024, qPrintable(QString::number(growth)));
}

QTEST_APPLESS_MAIN(tst_Heap)
#include "tst_heap.moc"
