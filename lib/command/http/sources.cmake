# Requests as rules see them; paths are relative to lib/command.
set(HTTP_SOURCES
  http/body.cc
  http/escape.cc
  http/file_url.cc
  http/graphql.cc
  http/host.cc
  http/request.cc)
