list(APPEND policy_sources
  adopt.cc condition_table.cc expand.cc load.cc load_all.cc load_case.cc load_check.cc load_condition.cc load_pattern.cc load_reader.cc load_rule.cc
  load_framework.cc merge.cc toml_tree.cc)
