// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/fieldwriter.h>

#include <limits>

namespace Fanfare::Detail {

/// Whether values of \a type can be equal and yet not the same: -0.0 and 0.0, one moment in two
/// time zones, and what holds such values.
inline bool hasEqualOthers(FieldType type)
{
    return type == FieldType::Double || type == FieldType::DateTime || type == FieldType::Object
        || type == FieldType::List || type == FieldType::Json;
}

inline bool isSameField(const FieldSource &source, const QVariant &left, const QVariant &right)
{
    FieldWriter writer{QString()};
    return writer.value(source, left, {}).toCbor() == writer.value(source, right, {}).toCbor();
}

/// A value that is not equal to any but itself, or not even to that.
inline QVariant blank(const FieldSource &source)
{
    QVariant value(source.type);
    if (source.fieldType == FieldType::Double) {
        value = std::numeric_limits<double>::quiet_NaN();
        value.convert(source.type);
    }
    if (source.fieldType != FieldType::Object)
        return value;
    const QMetaObject &meta = *source.type.metaObject();
    for (int i = 0; i < meta.propertyCount(); ++i) {
        const FieldSource field = FieldSource::of(meta, meta.property(i));
        if (isField(meta.property(i)) && hasEqualOthers(field.fieldType))
            meta.property(i).writeOnGadget(value.data(), blank(field));
    }
    return value;
}

/// Sets \a property of \a gadget. What moc makes of MEMBER does nothing when the old value is equal
/// to the new one; then another value has to come between.
inline void assign(const QMetaProperty &property, void *gadget, const FieldSource &source,
                   const QVariant &value)
{
    if (hasEqualOthers(source.fieldType)) {
        const QVariant old = property.readOnGadget(gadget);
        if (old == value && !isSameField(source, old, value))
            property.writeOnGadget(gadget, blank(source));
    }
    property.writeOnGadget(gadget, value);
}

} // namespace Fanfare::Detail
