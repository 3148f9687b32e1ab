list(APPEND policy_sources compile.cc compile_condition.cc compile_index.cc compile_rule.cc compile_select.cc)
