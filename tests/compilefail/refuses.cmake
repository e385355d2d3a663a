# SPDX-License-Identifier: MIT
# Checks the syntax of SOURCE with FANFARE_CASE=CASE. The compiler has to say SENTENCE as its first
# error; for an empty SENTENCE it must accept.
cmake_minimum_required(VERSION 3.25)

set(flags -std=c++20 -fPIC -fsyntax-only -DQT_NO_KEYWORDS -DFANFARE_CASE=${CASE})
foreach(directory ${INCLUDES} ${QT_INCLUDES} ${QCORO_INCLUDES})
    list(APPEND flags "-I${directory}")
endforeach()
execute_process(COMMAND "${COMPILER}" ${flags} "${SOURCE}"
    RESULT_VARIABLE result ERROR_VARIABLE output OUTPUT_VARIABLE output)

if(SENTENCE STREQUAL "")
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "This has to compile:\n${output}")
    endif()
    return()
endif()
if(result EQUAL 0)
    message(FATAL_ERROR "The compiler accepts what it has to refuse with: ${SENTENCE}")
endif()
string(REGEX MATCH "error: [^\n]*" first "${output}")
string(FIND "${first}" "${SENTENCE}" position)
if(position EQUAL -1)
    message(FATAL_ERROR "The first error does not say: ${SENTENCE}\nIt says: ${first}\n${output}")
endif()
