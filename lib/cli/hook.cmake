list(APPEND cli_sources
  hook.cc hook_guard.cc hook_input.cc hook_glance.cc hook_options.cc hook_record.cc hook_supervise.cc
  policy_store.cc policy_store_compile.cc policy_store_image.cc policy_store_project.cc
  machine.cc)
