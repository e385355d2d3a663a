// SPDX-License-Identifier: MIT
#include "fanfare/engine/engineoptions.h"

namespace Fanfare {

using namespace Qt::StringLiterals;

QString policyName(FullPolicy policy)
{
    switch (policy) {
    case FullPolicy::Reject:
        return u"reject"_s;
    case FullPolicy::Block:
        return u"block"_s;
    case FullPolicy::DropOldest:
        break;
    }
    return u"drop-oldest"_s;
}

std::optional<FullPolicy> policyNamed(QStringView name)
{
    for (const FullPolicy policy :
         {FullPolicy::Reject, FullPolicy::Block, FullPolicy::DropOldest}) {
        if (name == policyName(policy))
            return policy;
    }
    return {};
}

} // namespace Fanfare
