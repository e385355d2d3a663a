// SPDX-License-Identifier: MIT
#include "desktop/models/emissionrate.h"

#include <QTest>

using namespace Fanfare;

class tst_EmissionRate final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatWasMadeInTheLastSecond();
    void saysNothingOfABurst();
    void saysNothingAfterThePause();
    void beginsAnewWithAnotherCounter();

private:
    /// Samples every 100 ms, \a each more than the one before.
    void go(int count, quint64 each)
    {
        for (int i = 0; i < count; ++i) {
            m_time += 100'000'000;
            m_emissions += each;
            m_rate.sample(m_time, m_emissions);
        }
    }

    EmissionRate m_rate;
    qint64 m_time = 1'000'000'000'000;
    quint64 m_emissions = 0;
};

void tst_EmissionRate::tellsWhatWasMadeInTheLastSecond()
{
    m_rate = EmissionRate();
    go(20, 5);
    const std::optional<double> slow = m_rate.perSecond();
    go(12, 500);

    QCOMPARE(slow, 50.0);
    QCOMPARE(m_rate.perSecond(), 5'000.0);
}

void tst_EmissionRate::saysNothingOfABurst()
{
    m_rate = EmissionRate();
    go(1, 100);
    go(3, 0);
    const std::optional<double> burst = m_rate.perSecond();
    go(30, 0);
    go(2, 100); // the pause before it does not count

    QCOMPARE(burst, std::nullopt);
    QCOMPARE(m_rate.perSecond(), std::nullopt);
}

void tst_EmissionRate::saysNothingAfterThePause()
{
    m_rate = EmissionRate();
    go(20, 5);

    go(6, 0);

    QCOMPARE(m_rate.perSecond(), std::nullopt);
}

void tst_EmissionRate::beginsAnewWithAnotherCounter()
{
    m_rate = EmissionRate();
    go(20, 5);
    m_emissions = 0;

    go(3, 7);
    const std::optional<double> soon = m_rate.perSecond();
    go(20, 7);

    QCOMPARE(soon, std::nullopt);
    QCOMPARE(m_rate.perSecond(), 70.0);
}

QTEST_APPLESS_MAIN(tst_EmissionRate)
#include "tst_emissionrate.moc"
