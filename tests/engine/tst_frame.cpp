// SPDX-License-Identifier: MIT
#include <fanfare/ipc/crc32.h>
#include <fanfare/ipc/frame.h>

#include <QTest>
#include <QtEndian>

#include <random>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_Frame : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void computesTheKnownChecksum();
    void continuesAChecksum();
    void computesTheSameForAnyLength();
    void readsLargeFramesInPlace();
    void bringsBackWhatWasWritten();
    void needsNoPayload();
    void takesAnySplit();
    void waitsForTheRest();
    void acceptsNoFlippedBit();
    void refusesLengths_data();
    void refusesLengths();
    void refusesAGapInTheSequence();
    void refusesARepeatedFrame();
    void staysBroken();
    void survivesRandomBytes();
    void survivesMutatedFrames();
};

static QByteArray threeFrames()
{
    FrameWriter writer;
    writer.append(1, QByteArray("first"), 11);
    writer.append(2, QByteArray(1000, 'x'), 22, IgnorableFrame);
    writer.append(3, QByteArray(), 33);
    return writer.take();
}

/// All frames in \a reader, and "broken" when it ends with an error.
static QStringList storyOf(FrameReader &reader)
{
    QStringList story;
    for (;;) {
        const auto frame = reader.next();
        if (!frame)
            return story << u"broken"_s;
        if (!*frame)
            return story;
        story << u"%1:%2:%3"_s.arg((*frame)->type)
                     .arg((*frame)->number)
                     .arg((*frame)->payload.size());
    }
}

static const QStringList threeStory{u"1:11:5"_s, u"2:22:1000"_s, u"3:33:0"_s};

void tst_Frame::computesTheKnownChecksum()
{
    QCOMPARE(crc32(QByteArrayView("123456789")), 0xcbf43926u);
    QCOMPARE(crc32(QByteArrayView()), 0u);
}

void tst_Frame::continuesAChecksum()
{
    const QByteArray bytes("The quick brown fox jumps over the lazy dog");

    for (qsizetype i = 0; i <= bytes.size(); ++i) {
        const quint32 start = crc32(QByteArrayView(bytes).first(i));
        QCOMPARE(crc32(QByteArrayView(bytes).sliced(i), start), crc32(bytes));
    }
}

/// The definition, bit by bit.
static quint32 slowChecksum(QByteArrayView bytes)
{
    quint32 crc = ~0u;
    for (const char byte : bytes) {
        crc ^= quint8(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320u : 0u);
    }
    return ~crc;
}

void tst_Frame::computesTheSameForAnyLength()
{
    QByteArray bytes(700, Qt::Uninitialized);
    for (qsizetype i = 0; i < bytes.size(); ++i)
        bytes[i] = char(i * i * 31 + i / 7);

    for (qsizetype i = 0; i <= bytes.size(); ++i) {
        QCOMPARE(crc32(QByteArrayView(bytes).first(i)),
                 slowChecksum(QByteArrayView(bytes).first(i)));
        QCOMPARE(crc32(QByteArrayView(bytes).sliced(i)),
                 slowChecksum(QByteArrayView(bytes).sliced(i)));
    }
}

void tst_Frame::readsLargeFramesInPlace()
{
    FrameWriter writer;
    const QByteArray large(300'000, 'x');
    writer.append(1, QByteArray("small"));
    writer.append(2, QByteArrayView("be"), large);
    writer.append(3, large);
    writer.append(4, QByteArray("last"));
    const QByteArray stream = writer.take();
    FrameReader reader;
    QList<QByteArray> payloads;

    for (qsizetype at = 0; at < stream.size();) {
        char *const room = reader.makeRoom(100'000);
        const qsizetype count = std::min(reader.room(), stream.size() - at);
        std::memcpy(room, stream.constData() + at, size_t(count));
        reader.fillRoom(count);
        at += count;
        for (auto frame = reader.next(); frame && *frame; frame = reader.next())
            payloads.append((*frame)->payload);
    }

    QCOMPARE(payloads, (QList<QByteArray>{"small", "be" + large, large, "last"}));
    QVERIFY(!reader.isInsideFrame());
}

void tst_Frame::bringsBackWhatWasWritten()
{
    FrameWriter writer;
    writer.append(7, QByteArray("payload"), 12345, UnfinishedFrame);
    FrameReader reader;

    reader.append(writer.take());

    const auto frame = reader.next();
    QVERIFY(frame && *frame);
    QCOMPARE((*frame)->type, quint16(7));
    QCOMPARE((*frame)->flags, quint16(UnfinishedFrame));
    QCOMPARE((*frame)->number, quint64(12345));
    QCOMPARE((*frame)->payload, QByteArray("payload"));
    QVERIFY((*frame)->time > 0);
    QVERIFY(!reader.isInsideFrame());
    QCOMPARE(writer.size(), 0);
}

void tst_Frame::needsNoPayload()
{
    FrameWriter writer;
    writer.append(1, QByteArray());

    const QByteArray bytes = writer.take();

    QCOMPARE(bytes.size(), frameHeaderSize);
    FrameReader reader;
    reader.append(bytes);
    QCOMPARE(storyOf(reader), QStringList{u"1:0:0"_s});
}

void tst_Frame::takesAnySplit()
{
    const QByteArray bytes = threeFrames();
    std::mt19937 random(1); // the seed of this test

    for (int round = 0; round < 500; ++round) {
        FrameReader reader;
        QStringList story;
        for (qsizetype at = 0; at < bytes.size();) {
            const qsizetype most = round < 2 ? 1 + round : 1 + qsizetype(random() % 400);
            const qsizetype count = std::min(most, bytes.size() - at);
            reader.append(QByteArrayView(bytes).sliced(at, count));
            at += count;
            story += storyOf(reader);
        }
        QCOMPARE(story, threeStory);
    }
}

void tst_Frame::waitsForTheRest()
{
    const QByteArray bytes = threeFrames();

    for (qsizetype end = 0; end < bytes.size(); ++end) {
        FrameReader reader;
        reader.append(QByteArrayView(bytes).first(end));
        const QStringList story = storyOf(reader);
        QVERIFY(story.size() < 3 && !story.contains(u"broken"_s));
        reader.append(QByteArrayView(bytes).sliced(end));
        QCOMPARE(story + storyOf(reader), threeStory);
    }
}

void tst_Frame::acceptsNoFlippedBit()
{
    FrameWriter writer;
    writer.append(1, QByteArray("some payload"), 5);
    const QByteArray good = writer.take();

    for (qsizetype bit = 0; bit < good.size() * 8; ++bit) {
        QByteArray bad = good;
        bad[bit / 8] = char(bad[bit / 8] ^ (1 << (bit % 8)));
        FrameReader reader;
        reader.append(bad);
        const QStringList story = storyOf(reader);
        // A longer length lets it wait for more; nothing is ever accepted.
        QVERIFY2(story.isEmpty() || story.first() == u"broken"_s, qPrintable(story.join(u' ')));
    }
}

void tst_Frame::refusesLengths_data()
{
    QTest::addColumn<quint32>("length");

    QTest::newRow("zero") << 0u;
    QTest::newRow("below a header") << 31u;
    QTest::newRow("above the limit") << quint32(frameHeaderSize + maximumPayload + 1);
    QTest::newRow("greatest") << 0xffffffffu;
}

void tst_Frame::refusesLengths()
{
    QFETCH(const quint32, length);
    QByteArray bytes(4, Qt::Uninitialized);
    qToLittleEndian(length, bytes.data());
    FrameReader reader;

    reader.append(bytes);

    QCOMPARE(storyOf(reader), QStringList{u"broken"_s}); // before anything is stored
}

void tst_Frame::refusesAGapInTheSequence()
{
    FrameWriter writer;
    writer.append(1, QByteArray("lost"));
    writer.take();
    writer.append(2, QByteArray("next"));
    FrameReader reader;

    reader.append(writer.take());

    QCOMPARE(storyOf(reader), QStringList{u"broken"_s});
}

void tst_Frame::refusesARepeatedFrame()
{
    FrameWriter writer;
    writer.append(1, QByteArray("once"));
    const QByteArray bytes = writer.take();
    FrameReader reader;

    reader.append(bytes + bytes);

    QCOMPARE(storyOf(reader), (QStringList{u"1:0:4"_s, u"broken"_s}));
}

void tst_Frame::staysBroken()
{
    FrameReader reader;
    reader.append(QByteArray(100, '\0'));
    QCOMPARE(storyOf(reader), QStringList{u"broken"_s});

    reader.append(threeFrames());

    QCOMPARE(storyOf(reader), QStringList{u"broken"_s});
}

void tst_Frame::survivesRandomBytes()
{
    std::mt19937 random(2);

    for (int round = 0; round < 2000; ++round) {
        FrameReader reader;
        QByteArray bytes(qsizetype(random() % 200), Qt::Uninitialized);
        for (char &byte : bytes)
            byte = char(random());
        reader.append(bytes);
        const QStringList story = storyOf(reader);
        QVERIFY(story.isEmpty() || story.first() == u"broken"_s);
    }
}

void tst_Frame::survivesMutatedFrames()
{
    const QByteArray good = threeFrames();
    std::mt19937 random(3);

    for (int round = 0; round < 20'000; ++round) {
        QByteArray bytes = good;
        const int changes = 1 + int(random() % 4);
        for (int i = 0; i < changes; ++i)
            bytes[qsizetype(random() % quint32(bytes.size()))] = char(random());
        FrameReader reader;
        reader.append(bytes);
        for (const QString &frame : storyOf(reader))
            QVERIFY(threeStory.contains(frame) || frame == u"broken"_s);
    }
}

QTEST_APPLESS_MAIN(tst_Frame)
#include "tst_frame.moc"
