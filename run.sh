#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs what is missing, builds Fanfare and opens its window; "$@" goes to the window.
set -euo pipefail
cd "$(dirname "$0")"
# shellcheck source=.ci/setup.sh
. .ci/setup.sh

# A Qt platform chosen by hand, such as vnc, counts as a display.
has_display() { [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ]; }

build() {
    say "Building Fanfare into build/release"
    cmake --preset release
    cmake --build --preset release --target "$@"
}

play_headless_demo() {
    local cli=build/release/bin/fanfare-cli files=/usr/share/common-licenses
    [ -d "$files" ] || files=core
    say "There is no display (DISPLAY and WAYLAND_DISPLAY are empty), so here is the demo without" \
        "a window."
    say "Two emissions of StringEvent run one sync and one async handler each, all at once:"
    (set -x && "$cli" emit StringEvent --count 2 --executor threads)
    say "One emission for each file in $files hashes all of them in parallel:"
    (set -x && "$cli" emit FileAdded --each-file "$files" --executor threads)
    say "With a display, ./run.sh opens the window. $cli --help tells what else there is."
}

groups=(build)
if has_display; then
    groups+=(window)
    [ -n "${DISPLAY:-}" ] || [ -z "${WAYLAND_DISPLAY:-}" ] || groups+=(wayland)
fi
setup "${groups[@]}"

if has_display; then
    build fanfare fanfare-cli fanfare-host plugins
    exec build/release/bin/fanfare "$@"
fi
build fanfare-cli fanfare-host plugins
play_headless_demo
