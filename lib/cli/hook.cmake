list(APPEND cli_sources
  hook.cc hook_call.cc hook_guard.cc hook_glance.cc hook_input.cc hook_options.cc hook_process.cc hook_record.cc rights.cc hook_supervise.cc)
