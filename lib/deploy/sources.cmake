set(DEPLOY_SOURCES
  agents.cc command_line.cc registration.cc document.cc policy_text.cc file.cc install.cc
  switches.cc codex_config.cc trial.cc gather.cc diagnose.cc diagnose_agent.cc)
