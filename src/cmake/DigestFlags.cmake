# SPDX-License-Identifier: MIT
# digest_flags: what every target of ours is compiled with.
include(CheckCXXCompilerFlag)
add_library(digest_flags INTERFACE)
target_compile_options(digest_flags INTERFACE
  -Wall -Wextra -Wconversion -Wshadow -Wformat=2 -Wimplicit-fallthrough
  -ffp-contract=off                       # scores are the same on every machine
  -fno-strict-overflow -fno-delete-null-pointer-checks
  -fstack-protector-strong)
check_cxx_compiler_flag(-ftrivial-auto-var-init=zero DIGEST_HAS_AUTO_VAR_INIT)  # clang takes it from 16 on
if(DIGEST_HAS_AUTO_VAR_INIT)
  target_compile_options(digest_flags INTERFACE -ftrivial-auto-var-init=zero)
endif()
target_compile_definitions(digest_flags INTERFACE _GLIBCXX_ASSERTIONS)
target_include_directories(digest_flags INTERFACE "${PROJECT_SOURCE_DIR}/src" "${PROJECT_SOURCE_DIR}/include")
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  target_compile_options(digest_flags INTERFACE -fcf-protection=full)
endif()
if(CMAKE_BUILD_TYPE MATCHES "Rel")
  target_compile_options(digest_flags INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
endif()
target_link_options(digest_flags INTERFACE -Wl,-z,relro,-z,now -Wl,-z,noexecstack)
if(DIGEST_SANITIZE)
  target_compile_options(digest_flags INTERFACE -fsanitize=${DIGEST_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all
    -Wno-uninitialized -Wno-maybe-uninitialized)  # said of sanitized code that is right
  target_link_options(digest_flags INTERFACE -fsanitize=${DIGEST_SANITIZE})
endif()
if(DIGEST_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "DIGEST_FUZZ needs clang: cmake --preset fuzz\n")
  endif()
  target_compile_options(digest_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# digest_floor(name [UNITY | UNITY_ALWAYS] [LOOPS] SOURCES ... LINKS ...): one room, one static library. Sanitizers make
# slow compilers slower: with them the sources of a UNITY room, which have no names in common, are compiled eight at a
# time; always where most of the time goes to the headers of libraries. The time of a room of LOOPS goes to loops over
# postings, of which g++ 12 vectorises few at -O2.
function(digest_floor name)
  cmake_parse_arguments(arg "UNITY;UNITY_ALWAYS;LOOPS" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  add_library(digest_${name} STATIC ${arg_SOURCES})
  target_link_libraries(digest_${name} PUBLIC digest_flags ${arg_LINKS} PRIVATE ${arg_PRIVATE_LINKS})
  if(arg_LOOPS)
    target_compile_options(digest_${name} PRIVATE $<$<OR:$<CONFIG:Release>,$<CONFIG:RelWithDebInfo>>:-O3>)
  endif()
  if(arg_UNITY_ALWAYS OR (DIGEST_SANITIZE AND arg_UNITY))
    set_target_properties(digest_${name} PROPERTIES UNITY_BUILD ON)
    target_compile_options(digest_${name} PRIVATE -Wno-subobject-linkage)  # it takes such a file for a header
  endif()
endfunction()

# digest_test(name SOURCES ... LINKS ...): one Catch2 program, one ctest entry. The test's own code need not be fast: it is
# compiled as quickly as can be, Catch2's header once for all of them (digest_test_main).
set(digest_test_options -O1 -Wno-array-bounds -Wno-stringop-overflow)  # g++ says it of std::string after a precompiled header
if(DIGEST_SANITIZE)
  set(digest_test_options -O0 -U_FORTIFY_SOURCE)
endif()
function(digest_test name)
  cmake_parse_arguments(arg "CONCURRENT" "" "SOURCES;LINKS" ${ARGN})
  add_executable(test_${name} ${arg_SOURCES})
  target_compile_options(test_${name} PRIVATE ${digest_test_options})
  target_link_libraries(test_${name} PRIVATE digest_test_main ${arg_LINKS})
  target_precompile_headers(test_${name} REUSE_FROM digest_test_main)
  add_test(NAME ${name} COMMAND test_${name})
  if(arg_CONCURRENT)
    add_dependencies(concurrent test_${name})
    set_tests_properties(${name} PROPERTIES LABELS concurrent)
  endif()
endfunction()
