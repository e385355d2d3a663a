// SPDX-License-Identifier: MIT
#pragma once

#include <QUndoCommand>

#include <functional>

namespace Fanfare {

/// A step that can be taken back, as two functions. They must outlive neither the stack nor what
/// they refer to.
class UndoStep final : public QUndoCommand
{
public:
    /// \a text is a verb phrase: "clear the log".
    UndoStep(const QString &text, std::function<void()> doIt, std::function<void()> takeBack)
        : QUndoCommand(text)
        , m_doIt(std::move(doIt))
        , m_takeBack(std::move(takeBack))
    {
    }

    void redo() override { m_doIt(); }
    void undo() override { m_takeBack(); }

private:
    std::function<void()> m_doIt;
    std::function<void()> m_takeBack;
};

} // namespace Fanfare
