// SPDX-License-Identifier: MIT
#include <fanfare/plugins/sha256.h>

#include <QCryptographicHash>
#include <QTest>

#include <thread>

using namespace Fanfare;

class tst_Sha256 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalsThatOfQt_data();
    void equalsThatOfQt();
    void worksInThreadAfterThread();
};

static constexpr qint64 much = 1 << 20; // OpenSSL is worth loading

static QByteArray hashOf(QByteArrayView bytes, qint64 expected)
{
    constexpr qsizetype part = 100'000;
    Sha256 hash(expected);
    for (qsizetype begin = 0; begin < bytes.size(); begin += part)
        hash.add(bytes.sliced(begin, std::min(part, bytes.size() - begin)));
    return hash.result();
}

void tst_Sha256::equalsThatOfQt_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<qint64>("expected");
    QTest::newRow("nothing") << 0 << qint64(0);
    QTest::newRow("little, by Qt") << 1000 << qint64(1000);
    QTest::newRow("nothing, by OpenSSL") << 0 << much;
    QTest::newRow("much") << 1'234'567 << much;
}

void tst_Sha256::equalsThatOfQt()
{
    QFETCH(int, size);
    QFETCH(qint64, expected);
    const QByteArray bytes(size, 'x');

    QCOMPARE(hashOf(bytes, expected), QCryptographicHash::hash(bytes, QCryptographicHash::Sha256));
}

/// What OpenSSL keeps for a thread goes after each hash, and comes again for the next.
void tst_Sha256::worksInThreadAfterThread()
{
    const QByteArray expected = QCryptographicHash::hash("bytes", QCryptographicHash::Sha256);
    for (int i = 0; i < 50; ++i) {
        QByteArray first;
        QByteArray second;
        std::thread([&] {
            first = hashOf("bytes", much);
            second = hashOf("bytes", much);
        }).join();
        QCOMPARE(first, expected);
        QCOMPARE(second, expected);
    }
}

QTEST_APPLESS_MAIN(tst_Sha256)
#include "tst_sha256.moc"
