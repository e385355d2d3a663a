// SPDX-License-Identifier: MIT
#include "fanfare/processes/crashnote.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace Fanfare {

CrashNote *mapCrashNote(int descriptor)
{
    void *const memory =
        mmap(nullptr, sizeof(CrashNote), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    // Not constructed: zeros are a valid note, and the other process may have written already.
    return memory == MAP_FAILED ? nullptr : static_cast<CrashNote *>(memory);
}

Result<std::unique_ptr<CrashMemory>> CrashMemory::create()
{
    const int descriptor = memfd_create("fanfare-crash", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    CrashNote *note = nullptr;
    if (descriptor >= 0 && ftruncate(descriptor, sizeof(CrashNote)) == 0) {
        fcntl(descriptor, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL);
        note = mapCrashNote(descriptor);
    }
    if (note)
        return std::unique_ptr<CrashMemory>(new CrashMemory(descriptor, note));
    close(descriptor);
    return Error{ErrorCode::Unreadable,
                 QStringLiteral("The system gives no memory for crash notes; workers start without "
                                "them, and crash reports stay short.")};
}

CrashMemory::~CrashMemory()
{
    munmap(m_note, sizeof(CrashNote));
    close(m_descriptor);
}

} // namespace Fanfare
