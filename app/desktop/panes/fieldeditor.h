// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/engine/facts.h>

#include <QWidget>

#include <functional>

class QLineEdit;

namespace Fanfare {

/// The input for one field of a typed event: a spin box, a check box, a line of text, a path with
/// a browse button or a line of JSON.
class FieldEditor final : public QWidget
{
    Q_OBJECT

public:
    explicit FieldEditor(FieldFact field, QWidget *parent = nullptr);

    const FieldFact &field() const { return m_field; }
    Result<QCborValue> value() const;       ///< the error is one sentence
    void setValue(const QCborValue &value); ///< ignores what does not fit the field

Q_SIGNALS:
    void changed();

private:
    void createNumber(int decimals);
    void createCheck();
    void createText();
    void createPath();
    void browse(QLineEdit &edit);
    void place(QWidget *input);

    FieldFact m_field;
    std::function<Result<QCborValue>()> m_read;
    std::function<void(const QCborValue &)> m_write;
};

} // namespace Fanfare
