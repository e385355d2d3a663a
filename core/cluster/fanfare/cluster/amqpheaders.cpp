// SPDX-License-Identifier: MIT
#include "fanfare/cluster/amqpheaders.h"

#include <fanfare/cluster/amqpconnection.h>

namespace Fanfare {

const amqp_table_entry_t *entryOf(const amqp_table_t &table, const char *name)
{
    for (int i = 0; i < table.num_entries; ++i) {
        if (fromAmqp(table.entries[i].key) == name)
            return &table.entries[i];
    }
    return nullptr;
}

const amqp_table_entry_t *headerOf(const amqp_basic_properties_t &properties, const char *name)
{
    return properties._flags & AMQP_BASIC_HEADERS_FLAG ? entryOf(properties.headers, name)
                                                       : nullptr;
}

qint64 integerOf(const amqp_table_entry_t *entry)
{
    if (!entry)
        return 0;
    switch (entry->value.kind) {
    case AMQP_FIELD_KIND_I8:
        return entry->value.value.i8;
    case AMQP_FIELD_KIND_I16:
        return entry->value.value.i16;
    case AMQP_FIELD_KIND_I32:
        return entry->value.value.i32;
    case AMQP_FIELD_KIND_I64:
        return entry->value.value.i64;
    default:
        return 0;
    }
}

QString textOf(const amqp_table_entry_t *entry)
{
    if (!entry || entry->value.kind != AMQP_FIELD_KIND_UTF8)
        return {};
    return QString::fromUtf8(fromAmqp(entry->value.value.bytes));
}

qint64 timeOf(const amqp_table_entry_t *entry)
{
    return entry && entry->value.kind == AMQP_FIELD_KIND_TIMESTAMP ? qint64(entry->value.value.u64)
                                                                   : 0;
}

} // namespace Fanfare
