// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/cluster/amqplibrary.h>

#include <QString>

namespace Fanfare {

/// The header \a name of a message, or null. Borrowed from it. [any]
const amqp_table_entry_t *headerOf(const amqp_basic_properties_t &properties, const char *name);

/// The entry \a name of \a table, or null. Borrowed from it. [any]
const amqp_table_entry_t *entryOf(const amqp_table_t &table, const char *name);

qint64 integerOf(const amqp_table_entry_t *entry); ///< 0 when it is none [any]
QString textOf(const amqp_table_entry_t *entry);   ///< empty when it is none [any]
qint64 timeOf(const amqp_table_entry_t *entry);    ///< s since 1970, 0 when it is none [any]

} // namespace Fanfare
