// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/engine/facts.h>

#include <QList>
#include <QWidget>

#include <optional>

class QFormLayout;
class QLabel;
class QStackedWidget;
class QTabBar;

namespace Fanfare {

class FieldEditor;
class JsonEdit;

/// The arguments of one event: a form made of the fields of a typed event, or JSON.
class ArgumentsEditor final : public QWidget
{
    Q_OBJECT

public:
    explicit ArgumentsEditor(QWidget *parent = nullptr);

    /// Shows the inputs \a event needs; null: JSON that is positional or named. What was typed
    /// stays when the event is the same as before.
    void setEvent(const EventFact *event);

    Result<Arguments> arguments() const; ///< the error is one sentence
    void setJson(const QString &text);   ///< goes to the JSON page

Q_SIGNALS:
    void changed();

private:
    void createLayout();
    void createForm();
    void showPage(int page);
    Result<Arguments> formArguments() const;

    std::optional<EventFact> m_event;
    QList<FieldEditor *> m_fields;
    QTabBar *m_tabs;
    QStackedWidget *m_pages;
    JsonEdit *m_json;
    QString m_refusal; ///< why pasted text was left out; empty after the next change
};

} // namespace Fanfare
