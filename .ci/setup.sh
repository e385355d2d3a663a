# shellcheck shell=bash
# SPDX-License-Identifier: MIT
# Sourced by run.sh, test.sh and .ci/run: which Debian packages are needed for what, and how they
# get here. Names are Debian 12's.

build_packages=(g++ cmake ninja-build)
library_packages=(qt6-base-dev qt6-svg-dev qcoro-qt6-dev libssl-dev libzstd-dev
    nlohmann-json3-dev libqt6sql6-sqlite librabbitmq-dev)
window_packages=(fonts-dejavu-core)
wayland_packages=(qt6-wayland)
test_packages=(xvfb xauth xdotool imagemagick python3 openssl)
broker_packages=(rabbitmq-server)
bench_packages=(libtbb-dev libboost-dev python3)
fuzz_packages=(clang libclang-rt-14-dev)

say() { printf '==> %s\n' "$*"; }

is_installed() {
    [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Adds those of the packages $2... that are missing to the array `missing`, and says what for: $1.
note_missing() {
    local purpose=$1 package found=()
    shift
    for package in "$@"; do
        is_installed "$package" || found+=("$package")
    done
    [ ${#found[@]} -eq 0 ] && return
    say "Missing $purpose: ${found[*]}"
    missing+=("${found[@]}")
}

# As root directly, else through sudo; without either it says what to type and gives up.
install_missing() {
    [ ${#missing[@]} -eq 0 ] && return
    local prefix=(env DEBIAN_FRONTEND=noninteractive)
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            say "These packages can only be installed by root, and there is no sudo. As root, run"
            printf '    apt-get update && apt-get install --no-install-recommends %s\n' "${missing[*]}"
            say "and then this script again."
            exit 1
        fi
        prefix=(sudo "${prefix[@]}")
    fi
    say "Installing with apt-get: ${missing[*]}"
    "${prefix[@]}" apt-get -q update
    "${prefix[@]}" apt-get -q install -y --no-install-recommends -o DPkg::Lock::Timeout=300 \
        "${missing[@]}"
}

# A broker for the tests of the cluster, which are skipped without one. They start their own, so
# it does not matter whether the package could start another: its start may fail in a container.
setup_broker() {
    missing=()
    note_missing "to test with a broker" "${broker_packages[@]}"
    (install_missing) || say "There is no broker: the tests that need one are skipped."
}

# Installs what is missing of the groups $@: build, window, wayland, test, bench, fuzz.
setup() {
    local group
    missing=()
    if ! command -v dpkg-query >/dev/null; then
        say "This is no Debian: nothing is installed. Needed are a C++20 compiler, CMake 3.25, Ninja," \
            "Qt 6.4 with Svg, QCoro for Qt 6, OpenSSL 3, zstd and nlohmann-json."
        return
    fi
    for group in "$@"; do
        case $group in
        build)
            note_missing "to compile" "${build_packages[@]}"
            note_missing "to link with (Qt, coroutines, SHA-256, zstd, SQLite, AMQP)" "${library_packages[@]}"
            ;;
        window) note_missing "to show a window with text in it" "${window_packages[@]}" ;;
        wayland) note_missing "to show it on Wayland" "${wayland_packages[@]}" ;;
        test) note_missing "to test (a display in memory, source checks)" "${test_packages[@]}" ;;
        fuzz) note_missing "to fuzz" "${fuzz_packages[@]}" ;;
        bench) note_missing "to compare with in benchmarks" "${bench_packages[@]}" ;;
        esac
    done
    install_missing
}
