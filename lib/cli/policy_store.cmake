list(APPEND cli_sources
  machine.cc policy_store.cc policy_store_compile.cc policy_store_image.cc policy_store_project.cc policy_store_sources.cc
  policy_store_write.cc)
