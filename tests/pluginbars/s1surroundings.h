// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

/// Starts engines in surroundings that somebody prepared. Adds what went wrong to \a wrong and
/// returns how many were tried.
int trySurroundings(QStringList &wrong);
