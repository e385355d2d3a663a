// SPDX-License-Identifier: MIT
#include "comparedruns.h"

namespace Fanfare {

RunComparer::RunComparer(QStringList left, QStringList right)
    : m_left{std::move(left)}
    , m_right{std::move(right)}
{
}

/// A side that is over is sorted once, and not copied for that.
Result<bool> RunComparer::read(SideFiles &side, const std::function<void(double)> &progress,
                               const std::stop_token &stop)
{
    if (!side.side) {
        Result<RunSide> opened = RunSide::open(side.files);
        if (!opened)
            return opened.error();
        side.side.emplace(*std::move(opened));
    } else if (!side.side->goesOn()) {
        return false;
    }
    const bool isNew = side.side->read(progress, stop);
    if (isNew || !side.loaded) {
        side.loaded = std::make_shared<const LoadedRun>(side.side->goesOn() ? side.side->loaded()
                                                                            : side.side->finish());
    }
    return isNew;
}

Result<std::shared_ptr<const ComparedRuns>> RunComparer::compare(
    const std::function<void(double)> &progress, std::stop_token stop)
{
    // Reading takes most of the time, counting the rest.
    const auto readA = [&progress](double share) { progress(0.4 * share); };
    const auto readB = [&progress](double share) { progress(0.4 + 0.4 * share); };
    const bool isFirst = !m_left.side || !m_right.side;
    const Result<bool> isLeftNew = read(m_left, readA, stop);
    if (!isLeftNew)
        return isLeftNew.error();
    const Result<bool> isRightNew = read(m_right, readB, stop);
    if (!isRightNew)
        return isRightNew.error();
    if (!isFirst && !*isLeftNew && !*isRightNew)
        return std::shared_ptr<const ComparedRuns>();
    auto compared = std::make_shared<ComparedRuns>();
    compared->left = m_left.files;
    compared->right = m_right.files;
    compared->a = m_left.loaded;
    compared->b = m_right.loaded;
    compared->goesOn = m_left.side->goesOn() || m_right.side->goesOn();
    compared->comparison = compareRuns(compared->a->samples, compared->b->samples, {}, stop);
    progress(0.95);
    compared->verdict = judgeRuns(compared->comparison);
    compared->report = reportOf(compared->comparison, compared->verdict,
                                compared->a->damages + compared->b->damages);
    return std::shared_ptr<const ComparedRuns>(std::move(compared));
}

} // namespace Fanfare
