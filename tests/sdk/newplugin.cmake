# SPDX-License-Identifier: MIT
# What a new author does, with nothing but the README of the project: new-plugin, build, test (which
# validates as well), emit, drop, emit again. PREFIX is an installation or a build tree; with BUILD
# it is made by installing that build tree. WORK is a folder for all of it.
cmake_minimum_required(VERSION 3.25)

file(REMOVE_RECURSE "${WORK}")
file(MAKE_DIRECTORY "${WORK}/home")
set(ENV{HOME} "${WORK}/home")
set(ENV{XDG_DATA_HOME} "${WORK}/home/data")

# Runs a command; what it prints is in `output`.
macro(run)
    execute_process(COMMAND ${ARGN} OUTPUT_VARIABLE output ERROR_VARIABLE output
        RESULT_VARIABLE result)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "Ended with ${result}: ${ARGN}\n${output}")
    endif()
endmacro()

# The last command must have printed TEXT.
function(expect text)
    string(FIND "${output}" "${text}" position)
    if(position EQUAL -1)
        message(FATAL_ERROR "\"${text}\" is missing in:\n${output}")
    endif()
endfunction()

if(BUILD)
    set(PREFIX "${WORK}/prefix")
    run("${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${PREFIX}")
endif()
set(cli "${PREFIX}/bin/fanfare-cli")
set(project "${WORK}/word-greeter")
set(build "${project}/build")

run("${cli}" new-plugin word-greeter --dir "${WORK}")
expect("cd '${project}'")
file(READ "${project}/README.md" readme)
foreach(command "cmake -B build -DCMAKE_PREFIX_PATH=\"${PREFIX}\"" "cmake --build build --target drop"
        "ctest --test-dir build")
    string(FIND "${readme}" "${command}" position)
    if(position EQUAL -1)
        message(FATAL_ERROR "\"${command}\" is missing in the README:\n${readme}")
    endif()
endforeach()

run("${CMAKE_COMMAND}" -G "${GENERATOR}" -S "${project}" -B "${build}"
    "-DCMAKE_PREFIX_PATH=${PREFIX}" "-DCMAKE_CXX_COMPILER=${COMPILER}"
    "-DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}" "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror")
run("${CMAKE_COMMAND}" --build "${build}")
run("${CMAKE_CTEST_COMMAND}" --test-dir "${build}" --output-on-failure)
expect("validate_word-greeter")
expect("tst_word-greeter")
expect("100% tests passed, 0 tests failed out of 2")

run("${cli}" emit WordGreeterWanted --fields "{\"text\": \"Hi! \", \"times\": 2}"
    --plugins "${build}/plugins" --json)
expect("\"result\":\"Hi! Hi! \"")
run("${CMAKE_COMMAND}" --build "${build}" --target drop)
run("${cli}" emit WordGreeterWanted --executor processes --json)
expect("\"result\":\"Hello Hello Hello \"")
