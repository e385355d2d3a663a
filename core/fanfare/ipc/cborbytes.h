// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>
#include <QCborArray>
#include <QCborValue>

#include <optional>

namespace Fanfare {

/// Qt reads a long byte string in pieces of 16 KiB, each of which may move what is there already.
/// The functions here read it in one copy. They take what they read away from \a cbor, and nothing
/// when it is something else. [any]

/// The content of a byte string of a known length; borrowed. Its head is read once, so that memory
/// which changes meanwhile does no harm.
std::optional<QByteArrayView> takeByteString(QByteArrayView &cbor);

/// Any one value.
std::optional<QCborValue> takeValue(QByteArrayView &cbor);

/// Passes over any one value without copying anything. False, with nothing taken, for one that
/// lists and maps make deeper than \a depth, and for what only a whole reader can judge, such as
/// lengths that are not known beforehand.
bool passOverSimple(QByteArrayView &cbor, int depth);

/// Whether \a cbor is an array of an array and two maps, as encodeArguments() makes it, all of
/// which passOverSimple() can pass over. False says nothing.
bool areSimpleArguments(QByteArrayView cbor, int depth);

/// An array of a known length: quick when it is short.
std::optional<QCborArray> takeArray(QByteArrayView &cbor);

} // namespace Fanfare
