# Tests that drive whole programs. Each says itself why it cannot run somewhere (exit 125).
if(TARGET shell_dump)
  belay_script_test("confirm: shell rows against bash -n" ${CMAKE_SOURCE_DIR}/test/confirm/bash_n.sh $<TARGET_FILE:shell_dump>)
  belay_script_test("confirm: scripts of this machine against shfmt" ${CMAKE_SOURCE_DIR}/test/confirm/shfmt.sh $<TARGET_FILE:shell_dump>)
endif()
if(TARGET values_dump)
  foreach(shell IN ITEMS bash dash zsh fish tcsh)
    belay_script_test("confirm: values against ${shell}" ${CMAKE_SOURCE_DIR}/test/confirm/values.sh $<TARGET_FILE:values_dump> ${shell})
  endforeach()
endif()
belay_script_test("the README's round" ${CMAKE_SOURCE_DIR}/test/round/run ${CMAKE_SOURCE_DIR}/build/release)
belay_script_test("corpus: everyday commands raise nothing" ${CMAKE_SOURCE_DIR}/test/corpus/run $<TARGET_FILE:belay>)
belay_script_test("policy: decisions of the shipped packs" ${CMAKE_SOURCE_DIR}/test/cases/policy/run $<TARGET_FILE:belay>)
belay_script_test("policy: the same place under other names"
  ${CMAKE_SOURCE_DIR}/test/cases/policy/run $<TARGET_FILE:belay> ${CMAKE_SOURCE_DIR}/test/cases/paths/spellings.cases)
belay_script_test("policy: other names on a real disk" ${CMAKE_SOURCE_DIR}/test/cases/paths/run $<TARGET_FILE:belay>)
belay_script_test("policy: scripts on a real disk" ${CMAKE_SOURCE_DIR}/test/cases/scripts/run $<TARGET_FILE:belay>)
belay_script_test("corpus: public incidents are stopped"
  ${CMAKE_SOURCE_DIR}/test/cases/policy/run $<TARGET_FILE:belay> ${CMAKE_SOURCE_DIR}/test/corpus/incidents.cases)
file(GLOB catalogue CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/test/corpus/catalogue/*.cases)
belay_script_test("corpus: by domain, what hurts and what only looks like it" ${CMAKE_SOURCE_DIR}/test/cases/policy/run $<TARGET_FILE:belay> ${catalogue})
belay_script_test("corpus: published bypasses are stopped"
  ${CMAKE_SOURCE_DIR}/test/cases/policy/run $<TARGET_FILE:belay> ${CMAKE_SOURCE_DIR}/test/corpus/bypasses.cases)
belay_script_test("corpus: programs that start others"
  ${CMAKE_SOURCE_DIR}/test/cases/policy/run $<TARGET_FILE:belay> ${CMAKE_SOURCE_DIR}/test/corpus/escapes.cases)
belay_script_test("corpus: code in other languages"
  ${CMAKE_SOURCE_DIR}/test/cases/policy/run $<TARGET_FILE:belay> ${CMAKE_SOURCE_DIR}/test/corpus/code.cases)
belay_script_test("policy: PowerShell, cmd, zsh, fish and csh"
  ${CMAKE_SOURCE_DIR}/test/cases/policy/run $<TARGET_FILE:belay> ${CMAKE_SOURCE_DIR}/test/cases/policy/dialects.cases)
belay_script_test("policy: a second home protects no less" ${CMAKE_SOURCE_DIR}/test/cases/policy/homes $<TARGET_FILE:belay>
  ${CMAKE_SOURCE_DIR}/test/cases/policy/decisions.cases ${CMAKE_SOURCE_DIR}/test/cases/policy/dialects.cases
  ${CMAKE_SOURCE_DIR}/test/cases/paths/spellings.cases ${CMAKE_SOURCE_DIR}/test/corpus/incidents.cases ${catalogue}
  ${CMAKE_SOURCE_DIR}/test/corpus/bypasses.cases ${CMAKE_SOURCE_DIR}/test/corpus/escapes.cases ${CMAKE_SOURCE_DIR}/test/corpus/code.cases)
add_test(NAME "rules: belay lint" COMMAND belay lint ${CMAKE_SOURCE_DIR}/rules)
belay_script_test("rules: what no case notices becomes less" ${CMAKE_SOURCE_DIR}/test/lint/mutants $<TARGET_FILE:belay>)
add_test(NAME "rules: belay test" COMMAND belay test ${CMAKE_SOURCE_DIR}/rules)
belay_script_test("e2e: a real Claude Code is stopped and told why" ${CMAKE_SOURCE_DIR}/test/e2e/claude $<TARGET_FILE:belay>)
belay_script_test("docs: pages and lists are what the rules say" ${CMAKE_SOURCE_DIR}/test/lint/pages $<TARGET_FILE:belay>)
belay_script_test("cli: what real shells complete" ${CMAKE_SOURCE_DIR}/test/cli/completion $<TARGET_FILE:belay>)
belay_script_test("cli: what commands print and how they exit" ${CMAKE_SOURCE_DIR}/test/cli/run $<TARGET_FILE:belay>)
belay_script_test("faults: a broken hook, policy or machine" ${CMAKE_SOURCE_DIR}/test/faults/run $<TARGET_FILE:provoke> $<TARGET_FILE:belay>)
belay_script_test("faults: a full, hostile or crowded machine" ${CMAKE_SOURCE_DIR}/test/faults/machine $<TARGET_FILE:belay>)
belay_script_test("faults: the environment relaxes nothing" ${CMAKE_SOURCE_DIR}/test/faults/environment $<TARGET_FILE:belay>)
belay_script_test("faults: the group of the log is given up" ${CMAKE_SOURCE_DIR}/test/faults/setgid ${CMAKE_SOURCE_DIR}/build/release/belay)
belay_script_test("faults: what the release is made of" ${CMAKE_SOURCE_DIR}/test/faults/hardening ${CMAKE_SOURCE_DIR}/build/release/belay)
belay_script_test("faults: the same of the static program"
  ${CMAKE_SOURCE_DIR}/test/faults/run $<TARGET_FILE:provoke> ${CMAKE_SOURCE_DIR}/build/release/belay)
# What a hook costs and what it may do. The release program is meant: where it is not built there is nothing to measure.
belay_script_test("bench: instructions of a call" ${CMAKE_SOURCE_DIR}/test/bench/instructions ${CMAKE_SOURCE_DIR}/build/release/belay)
belay_script_test("bench: system calls of a call" ${CMAKE_SOURCE_DIR}/test/bench/system_calls ${CMAKE_SOURCE_DIR}/build/release/belay)
belay_script_test("lint: what objects ask of the system" ${CMAKE_SOURCE_DIR}/test/lint/objects ${CMAKE_BINARY_DIR} ${CMAKE_SOURCE_DIR}/build/release/belay)
belay_script_test("lint: clang reads every source" ${CMAKE_SOURCE_DIR}/test/lint/clang ${CMAKE_BINARY_DIR})
belay_script_test("faults: many hooks at once" ${CMAKE_SOURCE_DIR}/test/faults/crowd $<TARGET_FILE:many> $<TARGET_FILE:belay>)
belay_script_test("bench: page faults of a call" ${CMAKE_SOURCE_DIR}/test/bench/page_faults $<TARGET_FILE:spawn> ${CMAKE_SOURCE_DIR}/build/release/belay)
if(TARGET generate)
  add_test(NAME "generate: dangerous commands in every dress, harmless ones too"
    COMMAND generate ${CMAKE_BINARY_DIR}/packs.img ${CMAKE_SOURCE_DIR}/test/generate 20000)
  belay_script_test("generate: what changes nothing" ${CMAKE_SOURCE_DIR}/test/generate/run $<TARGET_FILE:generate> ${CMAKE_BINARY_DIR}/packs.img)
endif()
