// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/plugins/plugindescription.h>
#include <fanfare/sdk/eventtype.h>

#include <support/everything.h>

#include <algorithm>

namespace Fanfare::Test {

/// What the window and the tool know of Everything.
inline EventFact everythingFact()
{
    const auto description = readDescription({describeEvent<Everything>()}, {});
    Q_ASSERT_X(bool(description), "everythingFact", "refused");
    return description->events.first();
}

inline FieldFact fieldOf(const QList<FieldFact> &fields, const QString &name)
{
    return *std::ranges::find(fields, name, &FieldFact::name);
}

} // namespace Fanfare::Test
