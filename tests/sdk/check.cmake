# SPDX-License-Identifier: MIT
# Installs the build tree BUILD into a folder inside it, builds the project of this folder against
# that, and runs its program, and its plugin with the installed command line tool.
cmake_minimum_required(VERSION 3.25)

set(prefix "${BUILD}/tests/sdk/prefix")
set(project "${BUILD}/tests/sdk/build")
file(REMOVE_RECURSE "${prefix}" "${project}")

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

run("${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${prefix}")
run("${CMAKE_COMMAND}" -G "${GENERATOR}" -S "${CMAKE_CURRENT_LIST_DIR}" -B "${project}"
    "-DCMAKE_PREFIX_PATH=${prefix}" "-DCMAKE_CXX_COMPILER=${COMPILER}"
    "-DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}" -DCMAKE_BUILD_TYPE=Debug)
run("${CMAKE_COMMAND}" --build "${project}")

run("${project}/shop")
expect("7.50")
run("${prefix}/bin/fanfare-cli" emit Shout --args "[\"hello\"]" --plugins "${project}/plugins"
    --json)
expect("HELLO")
run("${prefix}/bin/fanfare-cli" plugins)
expect("checksum")
foreach(file share/applications/org.fanfare.Fanfare.desktop bin/fanfare
        share/metainfo/org.fanfare.Fanfare.metainfo.xml
        share/icons/hicolor/scalable/apps/fanfare.svg)
    if(NOT EXISTS "${prefix}/${file}")
        message(FATAL_ERROR "${file} is not installed")
    endif()
endforeach()
