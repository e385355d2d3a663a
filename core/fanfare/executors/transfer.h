// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/executors/subscriber.h>
#include <fanfare/sdk/arguments.h>

namespace Fanfare {

/// Fills Arguments::fields of a typed event when one of \a recipients may read them: until then
/// nobody has paid for them. [any]
void fillFields(Arguments &arguments, const Recipients &recipients);

/// Whether \a arguments arrive at another process as they are. An executor that crosses a process
/// border asks before it accepts a submission. Error: NotTransferable, naming the event type and
/// the field, or the argument. [any]
Result<void> checkTransferable(const Arguments &arguments);

} // namespace Fanfare
