# SPDX-License-Identifier: MIT
# demo: indexes the sample digest into the build folder and searches it, as text and as JSON, on the screen.
set(_index "${PROJECT_BINARY_DIR}/demo-index")
set(_digest "data/well-known-papers.txt")
set(_programs digest)
if(TARGET digest-ingest)
  list(APPEND _programs digest-ingest)
endif()
add_custom_target(demo
  COMMAND ${CMAKE_COMMAND} -E echo "$ digest index --rebuild ${_digest}"
  COMMAND $<TARGET_FILE:digest> --index "${_index}" index --rebuild "${_digest}"
  COMMAND ${CMAKE_COMMAND} -E echo "$ digest search grokking"
  COMMAND $<TARGET_FILE:digest> --index "${_index}" search grokking
  COMMAND ${CMAKE_COMMAND} -E echo "$ digest search --json --limit 2 grokking"
  COMMAND $<TARGET_FILE:digest> --index "${_index}" search --json --limit 2 grokking
  COMMAND ${CMAKE_COMMAND} -E echo "The program: $<TARGET_FILE:digest>"
  DEPENDS ${_programs}
  WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
  USES_TERMINAL VERBATIM)
