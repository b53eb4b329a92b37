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
  target_compile_options(digest_flags INTERFACE -fsanitize=${DIGEST_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(digest_flags INTERFACE -fsanitize=${DIGEST_SANITIZE})
endif()
if(DIGEST_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "DIGEST_FUZZ needs clang: cmake --preset fuzz\n")
  endif()
  target_compile_options(digest_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# digest_floor(name SOURCES ... LINKS ...): one room, one static library.
function(digest_floor name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  add_library(digest_${name} STATIC ${arg_SOURCES})
  target_link_libraries(digest_${name} PUBLIC digest_flags ${arg_LINKS} PRIVATE ${arg_PRIVATE_LINKS})
endfunction()

# digest_test(name SOURCES ... LINKS ...): one Catch2 program, one ctest entry. The test's own code need not be fast.
function(digest_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(test_${name} ${arg_SOURCES})
  set_source_files_properties(${arg_SOURCES} PROPERTIES COMPILE_OPTIONS -O1)
  target_link_libraries(test_${name} PRIVATE digest_test_main ${arg_LINKS})
  add_test(NAME ${name} COMMAND test_${name})
endfunction()
