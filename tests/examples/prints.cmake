# SPDX-License-Identifier: MIT
# Runs PROGRAM and compares what it prints with EXPECTED without its first line, in any order.
cmake_minimum_required(VERSION 3.25)

execute_process(COMMAND "${PROGRAM}" OUTPUT_VARIABLE output RESULT_VARIABLE result)
if(NOT result EQUAL 0)
    message(FATAL_ERROR "${PROGRAM} ended with ${result}:\n${output}")
endif()

# Brackets would group what a list holds.
function(sorted_lines variable text)
    string(REGEX REPLACE "[][]" "'" text "${text}")
    string(REGEX REPLACE "\n" ";" lines "${text}")
    list(SORT lines)
    set(${variable} "${lines}" PARENT_SCOPE)
endfunction()

file(READ "${EXPECTED}" expected)
string(FIND "${expected}" "\n" end_of_first_line)
math(EXPR begin "${end_of_first_line} + 1")
string(SUBSTRING "${expected}" ${begin} -1 expected)
sorted_lines(expected_lines "${expected}")
sorted_lines(printed_lines "${output}")
if(NOT printed_lines STREQUAL expected_lines)
    message(FATAL_ERROR "${PROGRAM} printed\n${output}\nand not\n${expected}")
endif()
