#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run.sh [INPUTS [TARGET...]]: builds the fuzz targets with clang, ASan and UBSan and gives each of
# them INPUTS inputs (1,000,000 unless said), two at a time. Installs what is missing.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=../../.ci/setup.sh
. .ci/setup.sh
setup build fuzz
mkdir -p build
inputs=${1:-1000000}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(fuzz_runfile fuzz_chrome fuzz_scenario fuzz_frames fuzz_cluster)

cmake --preset fuzz > build/fuzz.log || { cat build/fuzz.log; exit 1; }
cmake --build --preset fuzz --target "${targets[@]}"

fuzz() {
    local corpus=build/fuzz/corpus/$1 log=build/fuzz/$1.log
    mkdir -p "$corpus"
    if "build/fuzz/bin/$1" -runs="$inputs" -rss_limit_mb=1024 -timeout=20 -max_len=65536 \
        -artifact_prefix="build/fuzz/$1-" -print_final_stats=1 "$corpus" 2> "$log"; then
        echo "$1: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs, 0 crashes," \
            "peak $(sed -n 's/^stat::peak_rss_mb: *//p' "$log") MiB"
    else
        echo "$1: FAILED, see $log"
        tail -40 "$log"
        return 1
    fi
}
export -f fuzz
export inputs
printf '%s\n' "${targets[@]}" | xargs -P 2 -I{} bash -c 'fuzz {}'
