// SPDX-License-Identifier: MIT
#pragma once

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>
#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QObject>
#include <QStringList>
#include <QUrl>
#include <QUuid>

/// A gadget inside a gadget.
struct OrderLine
{
    Q_GADGET
    Q_CLASSINFO("article.summary", "What was bought")
    Q_CLASSINFO("price.minimum", "0")
    Q_CLASSINFO("price.step", "0.5")
    Q_CLASSINFO("pieces.minimum", "1")
    Q_PROPERTY(QString article MEMBER article)
    Q_PROPERTY(double price MEMBER price)
    Q_PROPERTY(qint16 pieces MEMBER pieces)

public:
    QString article;
    double price = 9.5;
    qint16 pieces = 1;

    bool operator==(const OrderLine &other) const = default;
};

/// A typed event with a field of every type there is. Link everything-support to use it: its
/// metaobject stands there.
struct Everything
{
    Q_GADGET
    Q_CLASSINFO("summary", "An event with a field of every type")
    Q_CLASSINFO("urgency.summary", "How soon it has to be done")
    Q_CLASSINFO("percent.minimum", "0")
    Q_CLASSINFO("percent.maximum", "100")
    Q_CLASSINFO("percent.step", "5")
    Q_CLASSINFO("percent.summary", "From 0 to 100")
    Q_CLASSINFO("receipt.type", "path")
    Q_CLASSINFO("receipt.summary", "A file")
    Q_CLASSINFO("scores.items.minimum", "-10")
    Q_CLASSINFO("scores.items.maximum", "10")
    Q_CLASSINFO("lines.summary", "What was ordered")

    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(Urgency urgency MEMBER urgency)
    Q_PROPERTY(Everything::Styles styles MEMBER styles)
    Q_PROPERTY(int percent MEMBER percent)
    Q_PROPERTY(double ratio MEMBER ratio)
    Q_PROPERTY(bool isGift MEMBER isGift)
    Q_PROPERTY(QString receipt MEMBER receipt)
    Q_PROPERTY(QUrl link MEMBER link)
    Q_PROPERTY(QDateTime due MEMBER due)
    Q_PROPERTY(QDate day MEMBER day)
    Q_PROPERTY(QTime at MEMBER at)
    Q_PROPERTY(QUuid id MEMBER id)
    Q_PROPERTY(QByteArray payload MEMBER payload)
    Q_PROPERTY(OrderLine first MEMBER first)
    Q_PROPERTY(QList<OrderLine> lines MEMBER lines)
    Q_PROPERTY(QStringList tags MEMBER tags)
    Q_PROPERTY(QList<int> scores MEMBER scores)
    Q_PROPERTY(QCborValue note MEMBER note)

    Q_PROPERTY(qint8 i8 MEMBER i8)
    Q_PROPERTY(quint8 u8 MEMBER u8)
    Q_PROPERTY(qint16 i16 MEMBER i16)
    Q_PROPERTY(quint16 u16 MEMBER u16)
    Q_PROPERTY(quint32 u32 MEMBER u32)
    Q_PROPERTY(qint64 i64 MEMBER i64)
    Q_PROPERTY(quint64 u64 MEMBER u64)
    Q_PROPERTY(float single MEMBER single)

public:
    enum class Urgency { Never, Sometime, Today, AtOnce };
    Q_ENUM(Urgency)
    enum Style { Bold = 1, Italic = 2, Underlined = 4 };
    Q_DECLARE_FLAGS(Styles, Style)
    Q_FLAG(Styles)

    QString title = QStringLiteral("A parcel");
    Urgency urgency = Urgency::Today;
    Styles styles = Bold;
    int percent = 25;
    double ratio = 0.25;
    bool isGift = true;
    QString receipt = QStringLiteral("/etc/hostname");
    QUrl link = QUrl(QStringLiteral("https://example.org/parcels?id=7"));
    QDateTime due = QDateTime({2026, 12, 24}, {18, 0}, Qt::UTC);
    QDate day = {2026, 12, 24};
    QTime at = {18, 30};
    QUuid id = QUuid(QStringLiteral("{6ba7b810-9dad-11d1-80b4-00c04fd430c8}"));
    QByteArray payload = QByteArrayLiteral("\x00\xff");
    OrderLine first = {QStringLiteral("Tea"), 4.5, 2};
    QList<OrderLine> lines = {{QStringLiteral("Cup"), 12, 4}, {QStringLiteral("Pot"), 30, 1}};
    QStringList tags = {QStringLiteral("fragile")};
    QList<int> scores = {3, -1};
    QCborValue note = QCborMap{{QStringLiteral("shelf"), 3}};

    qint8 i8 = 0;
    quint8 u8 = 0;
    qint16 i16 = 0;
    quint16 u16 = 0;
    quint32 u32 = 0;
    qint64 i64 = 0;
    quint64 u64 = 0;
    float single = 0;
};
Q_DECLARE_OPERATORS_FOR_FLAGS(Everything::Styles)
