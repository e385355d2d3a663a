// SPDX-License-Identifier: MIT
#pragma once

#include <support/everything.h>

#include <QTimeZone>

#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <random>

/// Values of every field type, with the awkward ones far more often than chance has them. The same
/// seed gives the same values.
class RandomValues
{
public:
    explicit RandomValues(quint64 seed)
        : m_random(seed)
    {
    }

    qint64 below(qint64 bound) { return qint64(m_random() % quint64(bound)); }
    bool chance(int percent) { return below(100) < percent; }

    template <typename Number>
    Number integer()
    {
        using Limits = std::numeric_limits<Number>;
        switch (below(6)) {
        case 0:
            return Limits::min();
        case 1:
            return Limits::max();
        case 2:
            return Number(below(3)) - Number(std::is_signed_v<Number>);
        default:
            return Number(m_random() >> below(64));
        }
    }

    template <typename Real>
    Real real()
    {
        using Limits = std::numeric_limits<Real>;
        static constexpr std::array special = {Real(0),
                                               -Real(0),
                                               Limits::infinity(),
                                               -Limits::infinity(),
                                               Limits::max(),
                                               Limits::lowest(),
                                               Limits::denorm_min(),
                                               Limits::min(),
                                               Limits::epsilon(),
                                               Limits::quiet_NaN(),
                                               Real(9007199254740993.0),
                                               Real(0.1)};
        if (chance(40))
            return special[size_t(below(special.size()))];
        using Bits = std::conditional_t<sizeof(Real) == 8, quint64, quint32>;
        return std::bit_cast<Real>(Bits(m_random()));
    }

    /// Any UTF-16 code units: lone surrogates, U+0000, U+FEFF in front.
    QString text()
    {
        QString text;
        if (chance(10))
            text.append(QChar(0xfeff));
        for (qint64 i = below(12); i > 0; --i) {
            if (chance(10))
                text.append(QChar(ushort(0xd800 + below(0x800))));
            else
                text.append(QChar(ushort(chance(60) ? below(0x80) : below(0x10000))));
        }
        return text;
    }

    QString plainText() { return QString::number(m_random() >> below(64), 36); }

    QByteArray bytes()
    {
        QByteArray bytes;
        for (qint64 i = below(12); i > 0; --i)
            bytes.append(char(m_random()));
        return bytes;
    }

    QUrl url()
    {
        static const std::array schemes = {"https", "file", "mailto", "x-a"};
        if (chance(10))
            return {};
        QUrl url;
        url.setScheme(QLatin1String(schemes[size_t(below(schemes.size()))]));
        url.setPath(u'/' + plainText() + QStringLiteral(" ü%"));
        if (url.scheme() == QLatin1String("https"))
            url.setHost(QStringLiteral("bücher.example"));
        if (chance(50))
            url.setQuery(plainText() + QStringLiteral("=a&b=%26"));
        if (chance(30))
            url.setFragment(plainText());
        return url;
    }

    QDate date()
    {
        return chance(10) ? QDate()
                          : QDate::fromJulianDay(2'461'000 + below(4'000'000) - 2'000'000);
    }
    QTime time()
    {
        return chance(10) ? QTime() : QTime::fromMSecsSinceStartOfDay(int(below(86'400'000)));
    }

    QDateTime dateTime()
    {
        static const std::array zones = {"Europe/Berlin", "America/St_Johns", "Asia/Kathmandu",
                                         "Australia/Lord_Howe"};
        const qint64 span = chance(70) ? 4'000'000'000'000 : 300'000'000'000'000;
        const auto utc = QDateTime::fromMSecsSinceEpoch(below(2 * span) - span, Qt::UTC);
        switch (below(5)) {
        case 0:
            return {};
        case 1:
            return utc;
        case 2:
            return utc.toOffsetFromUtc(int(below(2 * 50'000) - 50'000));
        case 3:
            return utc.toLocalTime();
        default:
            return utc.toTimeZone(QTimeZone(zones[size_t(below(zones.size()))]));
        }
    }

    QUuid uuid()
    {
        if (chance(5))
            return {};
        return {integer<uint>(), integer<ushort>(), integer<ushort>(), 1, 2, 3, 4, 5, 6, 7, 8};
    }

    /// Text without surprises; doubles are never NaN, which is not equal to itself.
    QCborValue json(int depth = 3)
    {
        switch (below(depth > 0 ? 8 : 6)) {
        case 0:
            return nullptr;
        case 1:
            return chance(50);
        case 2:
            return integer<qint64>();
        case 3:
            return double(integer<qint64>()) / 3;
        case 4:
            return plainText();
        case 5:
            return bytes();
        case 6: {
            QCborArray array;
            for (qint64 i = below(4); i > 0; --i)
                array.append(json(depth - 1));
            return array;
        }
        default: {
            QCborMap map;
            for (qint64 i = below(4); i > 0; --i)
                map.insert(plainText(), json(depth - 1));
            return map;
        }
        }
    }

    OrderLine line()
    {
        double price = std::abs(real<double>());
        if (std::isnan(price))
            price = 0;
        return {text(), price, qint16(1 + below(32'767))};
    }

    Everything everything()
    {
        Everything all;
        all.title = text();
        all.urgency = Everything::Urgency(below(4));
        all.styles = Everything::Styles(int(below(8)));
        all.percent = int(below(101));
        all.ratio = real<double>();
        all.isGift = chance(50);
        all.receipt = text();
        all.link = url();
        all.due = dateTime();
        all.day = date();
        all.at = time();
        all.id = uuid();
        all.payload = bytes();
        all.first = line();
        all.lines.clear();
        all.tags.clear();
        all.scores.clear();
        for (qint64 i = below(4); i > 0; --i) {
            all.lines.append(line());
            all.tags.append(text());
            all.scores.append(int(below(21) - 10));
        }
        all.note = json();
        all.i8 = integer<qint8>();
        all.u8 = integer<quint8>();
        all.i16 = integer<qint16>();
        all.u16 = integer<quint16>();
        all.u32 = integer<quint32>();
        all.i64 = integer<qint64>();
        all.u64 = integer<quint64>();
        all.single = real<float>();
        return all;
    }

private:
    std::mt19937_64 m_random;
};
