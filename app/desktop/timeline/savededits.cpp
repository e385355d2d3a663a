// SPDX-License-Identifier: MIT
#include "desktop/timeline/savededits.h"

#include "desktop/models/runmodel.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::SavedEdits)
};

constexpr int version = 1;

QString nameOf(quint32 lane, const RunModel &model)
{
    const LaneEntry &entry = model.lane(lane);
    return u"%1/%2"_s.arg(static_cast<int>(entry.kind)).arg(entry.name);
}

std::optional<quint32> laneNamed(const QString &name, const RunModel &model)
{
    for (quint32 lane = 0; lane < static_cast<quint32>(model.laneCount()); ++lane) {
        if (nameOf(lane, model) == name)
            return lane;
    }
    return std::nullopt;
}

QJsonArray lanesJson(const LaneArrangement &lanes, const RunModel &model)
{
    QJsonArray list;
    for (quint32 lane = 0; lane < static_cast<quint32>(model.laneCount()); ++lane) {
        const LaneHeight height = lanes.height(lane);
        if (!lanes.isPinned(lane) && !lanes.isHidden(lane) && height == LaneHeight::Medium
            && lanes.filter(lane).isEmpty())
            continue;
        list.append(QJsonObject{{u"lane"_s, nameOf(lane, model)},
                                {u"pinned"_s, lanes.isPinned(lane)},
                                {u"hidden"_s, lanes.isHidden(lane)},
                                {u"height"_s, static_cast<int>(height)},
                                {u"filter"_s, lanes.filter(lane)}});
    }
    return list;
}

LaneArrangement lanesOf(const QJsonObject &json, const RunModel &model)
{
    LaneArrangement lanes;
    for (const QJsonValue &value : json[u"lanes"_s].toArray()) {
        const std::optional<quint32> lane = laneNamed(value[u"lane"_s].toString(), model);
        if (!lane)
            continue;
        lanes.setPinned(*lane, value[u"pinned"_s].toBool());
        lanes.setHidden(*lane, value[u"hidden"_s].toBool());
        lanes.setFilter(*lane, value[u"filter"_s].toString());
        lanes.setHeight(*lane,
                        static_cast<LaneHeight>(std::clamp(value[u"height"_s].toInt(1), 0, 2)));
    }
    std::vector<quint32> sequence;
    for (const QJsonValue &name : json[u"order"_s].toArray()) {
        if (const std::optional<quint32> lane = laneNamed(name.toString(), model))
            sequence.push_back(*lane);
    }
    lanes.setSequence(sequence);
    for (const QJsonValue &key : json[u"folded"_s].toArray()) {
        if (const std::optional<LaneGroup> group = groupOfKey(key.toString()))
            lanes.setFolded(*group, true);
    }
    return lanes;
}

} // namespace

bool SavedEdits::isEmpty() const
{
    return edits == TimelineEdits()
        && std::ranges::none_of(bookmarks, [](const auto &view) { return view.has_value(); });
}

QByteArray jsonOf(const SavedEdits &saved, const RunModel &model)
{
    QJsonArray notes;
    for (const TimelineNote &note : saved.edits.notes.all())
        notes.append(
            QJsonObject{{u"from"_s, note.from}, {u"to"_s, note.to}, {u"text"_s, note.text}});
    QJsonArray order;
    for (const quint32 lane : saved.edits.lanes.sequence())
        order.append(nameOf(lane, model));
    QJsonArray folded;
    for (const LaneGroup &group : saved.edits.lanes.folded())
        folded.append(groupKey(group));
    QJsonObject bookmarks;
    for (size_t digit = 0; digit < saved.bookmarks.size(); ++digit) {
        if (const auto &view = saved.bookmarks[digit])
            bookmarks[QString::number(digit)] =
                QJsonObject{{u"begin"_s, view->begin}, {u"length"_s, view->length}};
    }
    return QJsonDocument(QJsonObject{{u"version"_s, version},
                                     {u"notes"_s, notes},
                                     {u"lanes"_s, lanesJson(saved.edits.lanes, model)},
                                     {u"order"_s, order},
                                     {u"folded"_s, folded},
                                     {u"filter"_s, saved.edits.filter},
                                     {u"bookmarks"_s, bookmarks}})
        .toJson();
}

Result<SavedEdits> savedEdits(const QByteArray &json, const RunModel &model)
{
    QJsonParseError wrong;
    const QJsonObject object = QJsonDocument::fromJson(json, &wrong).object();
    if (wrong.error != QJsonParseError::NoError)
        return Error{ErrorCode::Unreadable, Text::tr("It is no JSON: %1").arg(wrong.errorString())};
    if (object[u"version"_s].toInt() != version)
        return Error{ErrorCode::Unreadable, Text::tr("It is of another version of Fanfare")};
    SavedEdits saved;
    for (const QJsonValue &note : object[u"notes"_s].toArray()) {
        const qint64 from = note[u"from"_s].toInteger();
        saved.edits.notes.add(
            {from, std::max(from, note[u"to"_s].toInteger()), note[u"text"_s].toString()});
    }
    saved.edits.lanes = lanesOf(object, model);
    saved.edits.filter = object[u"filter"_s].toString();
    const QJsonObject bookmarks = object[u"bookmarks"_s].toObject();
    for (size_t digit = 0; digit < saved.bookmarks.size(); ++digit) {
        const QJsonValue view = bookmarks[QString::number(digit)];
        if (view.isObject() && view[u"length"_s].toDouble() > 0)
            saved.bookmarks[digit] = ViewHistory::View{view[u"begin"_s].toInteger(),
                                                       view[u"length"_s].toDouble(), false};
    }
    return saved;
}

} // namespace Fanfare
