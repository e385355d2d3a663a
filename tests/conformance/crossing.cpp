// SPDX-License-Identifier: MIT
#include "crossing.h"

#include <fanfare/sdk/fieldtext.h>

#include <QJsonArray>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace Fanfare::Conformance {

/// Adds every subscription that \a operations make, directly or in callbacks.
static void addSubscriptions(const QJsonArray &operations, std::vector<QJsonObject> &all)
{
    for (const QJsonValue &value : operations) {
        const QJsonObject operation = value.toObject();
        if (!operation["op"_L1].toString().startsWith("subscribe"_L1))
            continue;
        all.push_back(operation);
        const QJsonObject behaviour = operation["behaviour"_L1].toObject();
        for (const QJsonValue &nested : {behaviour["do"_L1], behaviour["onSuccess"_L1]["do"_L1],
                                         behaviour["onFailure"_L1]["do"_L1]}) {
            addSubscriptions(nested.toArray(), all);
        }
    }
}

static void addFromDefaults(const QJsonValue &settings, std::vector<QJsonObject> &all)
{
    addSubscriptions(settings["defaultSuccessBehaviour"_L1]["do"_L1].toArray(), all);
    addSubscriptions(settings["defaultFailureBehaviour"_L1]["do"_L1].toArray(), all);
}

/// True when the handler itself performs operations; callbacks always run in this process.
static bool worksOnLinkers(const QJsonObject &behaviour)
{
    const auto hasOperations = [](const QJsonObject &each) {
        return !each["do"_L1].toArray().isEmpty();
    };
    const QJsonArray items = behaviour["items"_L1].toArray();
    return hasOperations(behaviour) || hasOperations(behaviour["then"_L1].toObject())
        || std::any_of(items.begin(), items.end(),
                       [&](const QJsonValue &item) { return hasOperations(item.toObject()); });
}

static bool isCarried(const QJsonValue &value);

static bool isCarried(const QJsonObject &object)
{
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (!isPlainText(it.key()) || !isCarried(it.value()))
            return false;
    }
    return true;
}

/// Whether CBOR, in which arguments and results travel, carries every text of \a value.
static bool isCarried(const QJsonValue &value)
{
    if (value.isObject())
        return isCarried(value.toObject());
    const QJsonArray items = value.toArray();
    return (!value.isString() || isPlainText(value.toString()))
        && std::all_of(items.begin(), items.end(),
                       [](const QJsonValue &item) { return isCarried(item); });
}

/// True when everything that is handed to handlers, or back, somewhere below \a value arrives.
static bool canTravel(const QJsonValue &value)
{
    const QJsonArray items = value.toArray();
    if (!std::all_of(items.begin(), items.end(), canTravel))
        return false;
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        static const QStringList carriers{u"args"_s, u"named"_s, u"fields"_s, u"value"_s};
        if (carriers.contains(it.key()) ? !isCarried(it.value()) : !canTravel(it.value()))
            return false;
    }
    return true;
}

static QString reasonFor(const QJsonObject &subscription)
{
    const QJsonObject behaviour = subscription["behaviour"_L1].toObject();
    if (worksOnLinkers(behaviour))
        return u"a handler works on the linkers and emitters of this process"_s;
    const bool blocksBeside = subscription["forceAsync"_L1].toBool()
        && !subscription["async"_L1].toBool() && behaviour["kind"_L1] == "wait"_L1;
    if (blocksBeside)
        return u"a blocking handler waits beside its worker, which a process cannot lend"_s;
    return {};
}

QString reasonForThreadsOnly(const QJsonObject &scenario)
{
    if (!canTravel(scenario["ops"_L1]))
        return u"a text is no valid Unicode, or begins with U+FEFF, and refused at the border"_s;
    std::vector<QJsonObject> subscriptions;
    addSubscriptions(scenario["ops"_L1].toArray(), subscriptions);
    addFromDefaults(scenario["linker"_L1], subscriptions);
    for (const QJsonValue &operation : scenario["ops"_L1].toArray())
        addFromDefaults(operation, subscriptions); // createLinker has the same members
    for (const QJsonObject &subscription : subscriptions) {
        const QString reason = reasonFor(subscription);
        if (!reason.isEmpty())
            return reason;
    }
    return {};
}

} // namespace Fanfare::Conformance
