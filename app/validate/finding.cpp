// SPDX-License-Identifier: MIT
#include "validate/finding.h"

namespace Fanfare::Validate {

QJsonObject toJson(const Finding &finding)
{
    return {{u"code"_qs, finding.code},       {u"handler"_qs, finding.handler},
            {u"message"_qs, finding.message}, {u"wayOut"_qs, finding.wayOut},
            {u"payload"_qs, finding.payload}, {u"detail"_qs, finding.detail}};
}

Finding findingFromJson(const QJsonObject &json)
{
    return {json.value(u"code"_qs).toString(),    json.value(u"handler"_qs).toString(),
            json.value(u"message"_qs).toString(), json.value(u"wayOut"_qs).toString(),
            json.value(u"payload"_qs).toString(), json.value(u"detail"_qs).toString()};
}

} // namespace Fanfare::Validate
