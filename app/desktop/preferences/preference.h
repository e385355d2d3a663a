// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>
#include <QVariant>

#include <functional>

namespace Fanfare {

enum class PreferenceKind : quint8 { Choice, Number, Text };

/// One of the values a Choice can have.
struct PreferenceChoice
{
    QString value; ///< as files have it: "dark"
    QString text;  ///< as users read it
};

/// Something the user can set for good: what it is, what it may be, what it is when nobody sets it.
struct Preference
{
    QString key;     ///< "engine/workers": settings and exported files know it by that
    QString group;   ///< what it belongs to, as users read it
    QString title;   ///< a few words
    QString summary; ///< whole sentences: what it does, and when a change takes effect
    PreferenceKind kind = PreferenceKind::Choice;
    QVariant standard;                    ///< QString of a Choice or Text, qint64 of a Number
    QList<PreferenceChoice> choices = {}; ///< of a Choice, at least two
    qint64 least = 0;                     ///< of a Number
    qint64 most = 0;
    QString unit = {};      ///< of a Number, with its space: " days"
    qint64 scale = 1;       ///< one such unit; bounds are multiples of it, or less than one
    QString leastText = {}; ///< what \a least means, when it is no amount: "no limit"
    QString example = {};   ///< of a Text, shown while it is empty

    /// Of a Text: why that cannot be, one sentence which does not repeat it; empty when it can.
    std::function<QString(const QString &)> problem = {};
};

/// All preferences of the window, in the order in which they are shown. [any]
QList<Preference> allPreferences();

} // namespace Fanfare
