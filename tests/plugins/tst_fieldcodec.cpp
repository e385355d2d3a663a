// SPDX-License-Identifier: MIT
#include <fanfare/sdk/eventtype.h>

#include <support/everything.h>
#include <support/randomvalues.h>

#include <QTest>

#include <algorithm>
#include <bit>

using namespace Qt::StringLiterals;
using Fanfare::fromFields;
using Fanfare::toFields;

/// Every list type a program may think of.
struct Lists
{
    Q_GADGET
    Q_PROPERTY(QList<double> reals MEMBER reals)
    Q_PROPERTY(QList<bool> bools MEMBER bools)
    Q_PROPERTY(QList<quint64> huge MEMBER huge)
    Q_PROPERTY(QList<QUrl> urls MEMBER urls)
    Q_PROPERTY(QList<QDateTime> moments MEMBER moments)
    Q_PROPERTY(QList<QUuid> ids MEMBER ids)
    Q_PROPERTY(QList<QByteArray> parts MEMBER parts)
    Q_PROPERTY(QList<Everything::Urgency> urgencies MEMBER urgencies)
    Q_PROPERTY(QList<Everything::Styles> styles MEMBER styles)
    Q_PROPERTY(QList<QStringList> table MEMBER table)
    Q_PROPERTY(QList<QCborMap> maps MEMBER maps)
public:
    QList<double> reals;
    QList<bool> bools;
    QList<quint64> huge;
    QList<QUrl> urls;
    QList<QDateTime> moments;
    QList<QUuid> ids;
    QList<QByteArray> parts;
    QList<Everything::Urgency> urgencies;
    QList<Everything::Styles> styles;
    QList<QStringList> table;
    QList<QCborMap> maps;
};

struct Tree
{
    Q_GADGET
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QList<Tree> children MEMBER children)
public:
    QString name;
    QList<Tree> children;

    bool operator==(const Tree &other) const { return toFields(*this) == toFields(other); }
};

struct Slope
{
    Q_GADGET
    Q_PROPERTY(OrderLine line MEMBER line)
public:
    OrderLine line = {{}, 0.0, 1};
};

template <typename Event>
static Event traveled(const Event &event)
{
    const QByteArray bytes = toFields(event).toCborValue().toCbor();
    return fromFields<Event>(QCborValue::fromCbor(bytes).toMap());
}

/// Equal in every bit that a program can see.
template <typename Value>
static bool isSame(const Value &left, const Value &right)
{
    return left == right;
}
/// Qt 6.4 compares empty lists of numbers by memcmp() of null pointers, which sanitizers report.
static bool isSame(const QList<int> &left, const QList<int> &right)
{
    return std::ranges::equal(left, right);
}
static bool isSame(double left, double right)
{
    return std::bit_cast<quint64>(left) == std::bit_cast<quint64>(right);
}
static bool isSame(float left, float right)
{
    return std::bit_cast<quint32>(left) == std::bit_cast<quint32>(right)
        || (std::isnan(left) && std::isnan(right)); // a signaling NaN becomes a quiet one
}
static bool isSame(const QDateTime &left, const QDateTime &right)
{
    if (!left.isValid() || !right.isValid())
        return left.isValid() == right.isValid();
    return left.toMSecsSinceEpoch() == right.toMSecsSinceEpoch()
        && left.timeSpec() == right.timeSpec() && left.offsetFromUtc() == right.offsetFromUtc()
        && (left.timeSpec() != Qt::TimeZone || left.timeZone() == right.timeZone());
}

class tst_FieldCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void randomValuesArriveExactly_data();
    void randomValuesArriveExactly();
    void listsOfEverythingArriveExactly();
    void aTreeArrivesWithAllItsLeaves();
    void equalIsNotEnough();

private:
    std::vector<std::pair<Everything, Everything>> m_pairs; // sent and received
};

static constexpr int rounds = 5'000;

using Compare = bool (*)(const Everything &, const Everything &);

void tst_FieldCodec::initTestCase()
{
    RandomValues random(20'261'125);
    for (int i = 0; i < rounds; ++i) {
        const Everything sent = random.everything();
        m_pairs.emplace_back(sent, traveled(sent));
    }
}

#define ADD_FIELD(field)                                                                           \
    QTest::newRow(#field) << Compare([](const Everything &left, const Everything &right) {         \
        return isSame(left.field, right.field);                                                    \
    })

void tst_FieldCodec::randomValuesArriveExactly_data()
{
    QTest::addColumn<Compare>("compare");

    ADD_FIELD(title);
    ADD_FIELD(urgency);
    ADD_FIELD(styles);
    ADD_FIELD(percent);
    ADD_FIELD(ratio);
    ADD_FIELD(isGift);
    ADD_FIELD(receipt);
    ADD_FIELD(link);
    ADD_FIELD(due);
    ADD_FIELD(day);
    ADD_FIELD(at);
    ADD_FIELD(id);
    ADD_FIELD(payload);
    ADD_FIELD(first);
    ADD_FIELD(lines);
    ADD_FIELD(tags);
    ADD_FIELD(scores);
    ADD_FIELD(note);
    ADD_FIELD(i8);
    ADD_FIELD(u8);
    ADD_FIELD(i16);
    ADD_FIELD(u16);
    ADD_FIELD(u32);
    ADD_FIELD(i64);
    ADD_FIELD(u64);
    ADD_FIELD(single);
}

void tst_FieldCodec::randomValuesArriveExactly()
{
    QFETCH(const Compare, compare);

    const auto same = std::ranges::count_if(
        m_pairs, [&](const auto &pair) { return compare(pair.first, pair.second); });

    qInfo("%d values, %d differences", rounds, rounds - int(same));
    QCOMPARE(int(same), rounds);
}

void tst_FieldCodec::listsOfEverythingArriveExactly()
{
    RandomValues random(7);
    for (int i = 0; i < 500; ++i) {
        Lists lists;
        for (qint64 k = random.below(4); k > 0; --k) {
            lists.reals.append(double(random.integer<int>()) / 7);
            lists.bools.append(random.chance(50));
            lists.huge.append(random.integer<quint64>());
            lists.urls.append(random.url());
            lists.moments.append(random.dateTime());
            lists.ids.append(random.uuid());
            lists.parts.append(random.bytes());
            lists.urgencies.append(Everything::Urgency(random.below(4)));
            lists.styles.append(Everything::Styles(int(random.below(8))));
            lists.table.append({random.text(), random.text()});
            lists.maps.append(QCborMap{{u"a"_s, random.json()}});
        }

        const Lists received = traveled(lists);

        QCOMPARE(received.reals, lists.reals);
        QCOMPARE(received.bools, lists.bools);
        QCOMPARE(received.huge, lists.huge);
        QCOMPARE(received.urls, lists.urls);
        QVERIFY(std::ranges::equal(received.moments, lists.moments,
                                   [](const auto &a, const auto &b) { return isSame(a, b); }));
        QCOMPARE(received.ids, lists.ids);
        QCOMPARE(received.parts, lists.parts);
        QCOMPARE(received.urgencies, lists.urgencies);
        QCOMPARE(received.styles, lists.styles);
        QCOMPARE(received.table, lists.table);
        QCOMPARE(received.maps, lists.maps);
    }
}

void tst_FieldCodec::aTreeArrivesWithAllItsLeaves()
{
    const Tree tree{u"root"_s, {{u"a"_s, {{u"aa"_s, {}}}}, {u"b"_s, {}}}};

    const Tree received = traveled(tree);

    QCOMPARE(toFields(received), toFields(tree));
    QCOMPARE(received.children.at(0).children.at(0).name, u"aa"_s);
}

void tst_FieldCodec::equalIsNotEnough()
{
    Everything sent;
    sent.single = -0.0F;
    sent.due = sent.due.toOffsetFromUtc(3600);
    Slope slope;
    slope.line.price = -0.0;
    QCOMPARE(sent.single, Everything().single);
    QCOMPARE(sent.due, Everything().due);
    QCOMPARE(slope.line, Slope().line);

    const Everything received = traveled(sent);
    const Slope receivedSlope = traveled(slope);

    QVERIFY(isSame(received.single, sent.single));
    QVERIFY(isSame(received.due, sent.due));
    QVERIFY(isSame(receivedSlope.line.price, slope.line.price));
}

QTEST_GUILESS_MAIN(tst_FieldCodec)
#include "tst_fieldcodec.moc"
