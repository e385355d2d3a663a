// SPDX-License-Identifier: MIT
#include "fanfare/base/heap.h"

#include <malloc.h>

namespace Fanfare {

void returnLargeBlocks()
{
    mallopt(M_MMAP_THRESHOLD, 8 * 1024 * 1024);
    mallopt(M_TRIM_THRESHOLD, 16 * 1024 * 1024);
}

} // namespace Fanfare
