// SPDX-License-Identifier: MIT
#include "core/runs/randomspans.h"

#include <fanfare/runs/spancolumns.h>

#include <QTest>

using namespace Fanfare;

class tst_SpanColumns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void returnsEveryFieldExactly();
    void keepsNoneOfNothing();
    void isSmall();
    void refusesEveryTornEncoding();
    void standsEveryChangedByte();
    void refusesMoreSpansThanBytes();
};

void tst_SpanColumns::returnsEveryFieldExactly()
{
    for (quint64 seed = 1; seed <= 200; ++seed) {
        const auto spans = seed % 2 == 0 ? busySpans(seed * 7, seed) : wildSpans(seed * 7, seed);
        std::vector<SpanRecord> read = wildSpans(1, 99); // something is there already

        const Result<void> decoded = SpanColumns::decode(SpanColumns::encode(spans), read);

        QVERIFY(decoded);
        read.erase(read.begin());
        QVERIFY2(areSame(read, spans), qPrintable(QString::number(seed)));
    }
}

void tst_SpanColumns::keepsNoneOfNothing()
{
    std::vector<SpanRecord> read;

    QVERIFY(SpanColumns::decode(SpanColumns::encode({}), read));

    QVERIFY(read.empty());
}

void tst_SpanColumns::isSmall()
{
    const auto spans = busySpans(SpanColumns::maximumSpans, 4);

    const QByteArray bytes = SpanColumns::encode(spans);

    QVERIFY2(bytes.size() < qsizetype(spans.size()) * 20,
             qPrintable(QString::number(double(bytes.size()) / double(spans.size()))));
}

void tst_SpanColumns::refusesEveryTornEncoding()
{
    const QByteArray bytes = SpanColumns::encode(busySpans(50, 8));
    std::vector<SpanRecord> read;
    for (qsizetype size = 0; size < bytes.size(); ++size)
        QVERIFY(!SpanColumns::decode(QByteArrayView(bytes).first(size), read));
    QVERIFY(!SpanColumns::decode(bytes + '\0', read));
    QVERIFY(read.empty());
}

/// Whatever a byte becomes: refused, or read as spans that are encoded to these very bytes again,
/// unless the change made a number longer than it needs to be.
void tst_SpanColumns::standsEveryChangedByte()
{
    const QByteArray bytes = SpanColumns::encode(wildSpans(20, 8));
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        for (const int change : {0x01, 0x40, 0x80, 0xff}) {
            QByteArray changed = bytes;
            changed[i] = char(changed[i] ^ change);
            std::vector<SpanRecord> read;
            if (SpanColumns::decode(changed, read))
                QVERIFY(SpanColumns::encode(read).size() <= changed.size());
            else
                QVERIFY(read.empty());
        }
    }
}

void tst_SpanColumns::refusesMoreSpansThanBytes()
{
    std::vector<SpanRecord> read;

    QVERIFY(!SpanColumns::decode(QByteArray("\xff\xff\x03\0\0\0", 6), read));

    QVERIFY(read.empty());
    QVERIFY(read.capacity() < 100);
}

QTEST_GUILESS_MAIN(tst_SpanColumns)
#include "tst_spancolumns.moc"
