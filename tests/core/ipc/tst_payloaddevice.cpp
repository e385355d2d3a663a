// SPDX-License-Identifier: MIT
#include <fanfare/ipc/payloaddevice.h>
#include <fanfare/ipc/taskrecords.h>

#include <QTest>

#include <vector>

using namespace Fanfare;

class tst_PayloadDevice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatIsSmall();
    void writesWhatIsLargeWhereItIsRead();
    void movesWhenTheRoomIsTooSmall();
    void keepsWhatFindsNoRoom();
    void keepsAllWithoutSharedMemory();
    void countsWhatIsTooLarge();
};

/// Shared room without another process.
struct Room
{
    explicit Room(qsizetype size)
        : bytes(size_t(size))
        , writer(bytes, released)
    {
    }

    QByteArray at(const PayloadPlace &place) const
    {
        return {bytes.data() + place.begin, place.size};
    }

    std::vector<char> bytes;
    std::atomic<quint64> released = 0;
    PayloadWriter writer;
};

/// Writes \a bytes as an encoder does, a few at first and then in pieces.
static void writeTo(PayloadDevice &device, const QByteArray &bytes)
{
    static constexpr qsizetype piece = 7'000;
    for (qsizetype at = 0; at < bytes.size(); at += piece)
        device.write(bytes.mid(at, piece));
}

static QByteArray numbered(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = char(i * 31 % 251);
    return bytes;
}

void tst_PayloadDevice::keepsWhatIsSmall()
{
    Room room(1024 * 1024);
    PayloadDevice device(&room.writer, 1024 * 1024);
    const QByteArray small = numbered(largeRecord - 1);

    writeTo(device, small);

    QVERIFY(!device.finish());
    QCOMPARE(device.bytes().toByteArray(), small);
}

void tst_PayloadDevice::writesWhatIsLargeWhereItIsRead()
{
    Room room(1024 * 1024);
    PayloadDevice device(&room.writer, 1024 * 1024);
    const QByteArray large = numbered(200'000);

    writeTo(device, large);
    const auto place = device.finish();

    QVERIFY(place.has_value());
    QCOMPARE(room.at(*place), large);
}

void tst_PayloadDevice::movesWhenTheRoomIsTooSmall()
{
    Room room(1024 * 1024);
    QVERIFY(room.writer.add(numbered(50'000)));
    const auto inUse = room.writer.add(numbered(50'000));
    room.released = 1; // the first one: before the second there is room for 50,000
    PayloadDevice device(&room.writer, 1024 * 1024);
    const QByteArray large = numbered(200'000);

    writeTo(device, large);
    const auto place = device.finish();

    QVERIFY(place.has_value());
    QVERIFY(place->begin >= inUse->begin + inUse->size);
    QCOMPARE(room.at(*place), large);
    QCOMPARE(room.at(*inUse), numbered(50'000));
}

void tst_PayloadDevice::keepsWhatFindsNoRoom()
{
    Room room(128 * 1024);
    PayloadDevice device(&room.writer, 1024 * 1024);
    const QByteArray large = numbered(200'000);

    writeTo(device, large);

    QVERIFY(!device.finish());
    QCOMPARE(device.bytes().toByteArray(), large);
}

void tst_PayloadDevice::keepsAllWithoutSharedMemory()
{
    PayloadDevice device(nullptr, 1024 * 1024);
    const QByteArray large = numbered(200'000);

    writeTo(device, large);

    QVERIFY(!device.finish());
    QCOMPARE(device.bytes().toByteArray(), large);
}

void tst_PayloadDevice::countsWhatIsTooLarge()
{
    Room room(1024 * 1024);
    PayloadDevice device(&room.writer, 100'000);

    writeTo(device, numbered(200'000));

    QVERIFY(device.isTooLarge());
    QCOMPARE(device.size(), 200'000);
}

QTEST_GUILESS_MAIN(tst_PayloadDevice)
#include "tst_payloaddevice.moc"
