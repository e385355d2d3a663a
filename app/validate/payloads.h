// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/plugins/catalogfact.h>
#include <fanfare/sdk/arguments.h>

#include <random>
#include <vector>

namespace Fanfare::Validate {

/// Arguments to run handlers with. The same seed and name give the same ones. Paths lead into the
/// working directory only and addresses to this machine only, where nobody listens.
///
/// Threads: [owner].
class Payloads
{
public:
    Payloads(quint64 seed, const QString &handler);

    /// The defaults of every field; nothing for an event that describes none.
    static Arguments defaults(const EventFact &event);

    /// Values of the right types, within their limits; the awkward ones far more often than chance
    /// has them.
    Arguments random(const EventFact &event);

    /// What nobody should send: each field missing its type or limits once, unknown fields, very
    /// long and very deep values.
    std::vector<Arguments> hostile(const EventFact &event);

private:
    qint64 below(qint64 bound);
    QCborValue value(const FieldFact &field, int depth);
    QCborValue integer(const FieldFact &field);
    QCborValue real(const FieldFact &field);
    QCborValue list(const FieldFact &field, int depth);
    QCborMap object(const QList<FieldFact> &fields, int depth);
    QCborValue json(int depth);
    QString text();
    QString path();

    std::mt19937_64 m_random;
};

/// \a arguments as one line of JSON, cut when it is long: for people.
QString payloadText(const Arguments &arguments);

} // namespace Fanfare::Validate
