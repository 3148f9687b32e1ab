list(APPEND cli_sources
  run.cc program.cc terminal.cc
  command_check.cc check_call.cc check_report.cc check_json.cc operation_text.cc
  given_files.cc command_lint.cc command_test.cc command_compile.cc command_rules.cc rule_pages.cc rules_text.cc command_version.cc command_schema.cc command_completion.cc)
list(APPEND cli_sources
  deploying.cc command_install.cc command_settings.cc command_doctor.cc
  command_log.cc command_log_report.cc command_log_export.cc command_log_verify.cc log_files.cc log_text.cc report_text.cc
  command_suggest.cc command_replay.cc replay_text.cc)
