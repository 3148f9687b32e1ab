list(APPEND policy_sources knowledge_load.cc knowledge_spec.cc knowledge_compile.cc)
