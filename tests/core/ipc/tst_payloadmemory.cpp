// SPDX-License-Identifier: MIT
#include <fanfare/ipc/payloadmemory.h>

#include <QTest>

#include <deque>
#include <fcntl.h>
#include <random>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Fanfare;

/// Both ends in one process: what one end writes the other one reads.
class tst_PayloadMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void carriesPayloadsBothWays();
    void usesTheBeginningAgain();
    void saysWhenThereIsNoRoom();
    void neverOverwritesWhatIsInUse();
    void refusesPlacesOutside_data();
    void refusesPlacesOutside();
    void givesLargeMemoryBack();
    void cannotBeMadeSmaller();
    void isNothingWithoutADescriptor();

private:
    qint64 memoryInUse() const;

    std::unique_ptr<PayloadMemory> m_host;
    std::unique_ptr<PayloadMemory> m_worker;
};

void tst_PayloadMemory::init()
{
    m_host = PayloadMemory::create();
    QVERIFY(m_host);
    m_worker = PayloadMemory::open(dup(m_host->descriptor()));
    QVERIFY(m_worker);
}

void tst_PayloadMemory::cleanup()
{
    m_worker.reset();
    m_host.reset();
}

/// Bytes that the system holds for it.
qint64 tst_PayloadMemory::memoryInUse() const
{
    struct stat status
    {
    };
    fstat(m_host->descriptor(), &status);
    return qint64(status.st_blocks) * 512;
}

void tst_PayloadMemory::carriesPayloadsBothWays()
{
    const auto down = m_host->writer().add(QByteArray(100'000, 'd'));
    const auto up = m_worker->writer().add(QByteArray(50'000, 'u'));

    QCOMPARE(m_worker->reader().at(*down)->toByteArray(), QByteArray(100'000, 'd'));
    QCOMPARE(m_host->reader().at(*up)->toByteArray(), QByteArray(50'000, 'u'));
}

void tst_PayloadMemory::usesTheBeginningAgain()
{
    const QByteArray payload(64 * 1024, 'x');
    qsizetype farthest = 0;

    std::deque<PayloadPlace> open;
    for (int i = 0; i < 1000; ++i) {
        open.push_back(*m_host->writer().add(payload));
        farthest = std::max(farthest, open.back().begin + open.back().size);
        if (open.size() == 4) {
            m_worker->reader().release(open.front());
            open.pop_front();
        }
    }

    QVERIFY2(farthest <= 9 * payload.size(), qPrintable(QString::number(farthest)));
}

void tst_PayloadMemory::saysWhenThereIsNoRoom()
{
    std::vector<char> room(10 * size_t(payloadPage));
    std::atomic<quint64> released = 0;
    PayloadWriter writer(room, released);
    const QByteArray four(4 * payloadPage, 'x');

    QVERIFY(writer.add(four));
    QVERIFY(writer.add(four));
    QVERIFY(!writer.add(four));
    released = 1;
    QVERIFY(writer.add(four));
    QVERIFY(!writer.add(QByteArray(1, 'x'))); // two pages are left, and the oldest is in between
}

/// Any order of sizes and releases, as long as it is the same at both ends.
void tst_PayloadMemory::neverOverwritesWhatIsInUse()
{
    std::mt19937 random(1);
    std::deque<std::pair<PayloadPlace, QByteArray>> open;

    for (int i = 0; i < 20'000; ++i) {
        const QByteArray payload(qsizetype(random() % 300'000), char(random()));
        if (const auto place = m_host->writer().add(payload))
            open.emplace_back(*place, payload);
        while (open.size() > random() % 8) {
            const auto &[place, expected] = open.front();
            QCOMPARE(m_worker->reader().at(place)->toByteArray(), expected);
            m_worker->reader().release(place);
            open.pop_front();
        }
    }
}

void tst_PayloadMemory::refusesPlacesOutside_data()
{
    QTest::addColumn<qsizetype>("begin");
    QTest::addColumn<qsizetype>("size");

    QTest::newRow("before") << qsizetype(-4096) << qsizetype(10);
    QTest::newRow("behind") << PayloadMemory::roomSize << qsizetype(1);
    QTest::newRow("too long") << qsizetype(4096) << PayloadMemory::roomSize;
    QTest::newRow("negative") << qsizetype(0) << qsizetype(-1);
    QTest::newRow("no page") << qsizetype(100) << qsizetype(10);
    QTest::newRow("overflow") << std::numeric_limits<qsizetype>::max() / 4096 * 4096
                              << std::numeric_limits<qsizetype>::max();
}

void tst_PayloadMemory::refusesPlacesOutside()
{
    QFETCH(const qsizetype, begin);
    QFETCH(const qsizetype, size);

    QVERIFY(!m_host->reader().at({begin, size}));
}

void tst_PayloadMemory::givesLargeMemoryBack()
{
    const auto large = m_host->writer().add(QByteArray(40 * 1024 * 1024, 'x'));
    const qint64 most = memoryInUse();

    m_worker->reader().release(*large);

    QVERIFY(most >= 40 * 1024 * 1024);
    QVERIFY2(memoryInUse() <= PayloadReader::keptRoom + 64 * 1024,
             qPrintable(QString::number(memoryInUse())));
}

void tst_PayloadMemory::cannotBeMadeSmaller()
{
    QVERIFY(ftruncate(m_host->descriptor(), 4096) != 0);
    QVERIFY(ftruncate(m_host->descriptor(), 2 * PayloadMemory::mappedSize()) != 0);
}

void tst_PayloadMemory::isNothingWithoutADescriptor()
{
    QVERIFY(!PayloadMemory::open(-1));
    QVERIFY(!PayloadMemory::open(open("/dev/null", O_RDONLY | O_CLOEXEC)));
}

QTEST_GUILESS_MAIN(tst_PayloadMemory)
#include "tst_payloadmemory.moc"
