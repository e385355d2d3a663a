#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs what is missing, builds the preset `dev` and runs all tests, two at a time where they do
# not measure time; "$@" goes to ctest.
set -euo pipefail
cd "$(dirname "$0")"
# shellcheck source=.ci/setup.sh
. .ci/setup.sh

setup build window test
setup_broker
say "Building into build/dev"
cmake --preset dev
cmake --build --preset dev
say "Running the tests"
ctest --preset dev -j2 "$@"
