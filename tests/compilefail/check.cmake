# SPDX-License-Identifier: MIT
# Checks the syntax of SOURCE twice: as it is it must be fine, and with FANFARE_MISTAKES each line
# after a comment "// refused: sentence" must be refused with that sentence, and nothing else.
cmake_minimum_required(VERSION 3.25)

set(flags -std=c++20 -fPIC -fsyntax-only -DQT_NO_KEYWORDS)
foreach(directory ${INCLUDES} ${QT_INCLUDES} ${QCORO_INCLUDES})
    list(APPEND flags "-I${directory}")
endforeach()
macro(compile)
    execute_process(COMMAND "${CMAKE_COMMAND}" -E env LC_ALL=C "${COMPILER}" ${flags} ${ARGN}
        "${SOURCE}" RESULT_VARIABLE result ERROR_VARIABLE output OUTPUT_VARIABLE output)
endmacro()

compile()
if(NOT result EQUAL 0)
    message(FATAL_ERROR "Without mistakes this has to compile:\n${output}")
endif()

compile(-DFANFARE_MISTAKES)
file(READ "${SOURCE}" source)
string(REGEX REPLACE "[][;]" " " source "${source}")
string(REPLACE "\n" ";" lines "${source}")
set(number 0)
set(mistakes 0)
foreach(line IN LISTS lines)
    math(EXPR number "${number} + 1")
    if(NOT line MATCHES "// refused: (.*)$")
        continue()
    endif()
    set(sentence "${CMAKE_MATCH_1}")
    math(EXPR mistakes "${mistakes} + 1")
    math(EXPR place "${number} + 1")
    string(FIND "${output}" "${sentence}" found)
    if(found EQUAL -1 OR NOT output MATCHES "refused\\.cpp:${place}:")
        message(FATAL_ERROR "Line ${place} is not refused with: ${sentence}\n${output}")
    endif()
endforeach()

string(REGEX MATCHALL "error: static assertion failed" errors "${output}")
list(LENGTH errors count)
if(NOT count EQUAL mistakes)
    message(FATAL_ERROR "${mistakes} mistakes, but ${count} refusals:\n${output}")
endif()
