# Tests that drive whole programs. Each says itself why it cannot run somewhere (exit 125).
if(TARGET shell_dump)
  belay_script_test("confirm: shell rows against bash -n" ${CMAKE_SOURCE_DIR}/test/confirm/bash_n.sh $<TARGET_FILE:shell_dump>)
  belay_script_test("confirm: scripts of this machine against shfmt" ${CMAKE_SOURCE_DIR}/test/confirm/shfmt.sh $<TARGET_FILE:shell_dump>)
endif()
if(TARGET values_dump)
  belay_script_test("confirm: values against bash" ${CMAKE_SOURCE_DIR}/test/confirm/values.sh $<TARGET_FILE:values_dump>)
endif()
belay_script_test("the README's round" ${CMAKE_SOURCE_DIR}/test/round/run ${CMAKE_SOURCE_DIR}/build/release)
