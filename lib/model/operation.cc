#include "model/operation.h"

namespace belay::model {

std::string_view name_of(OpKind kind) {
  switch (kind) {
    case OpKind::exec: return "exec";
    case OpKind::read: return "read";
    case OpKind::write: return "write";
    case OpKind::remove: return "delete";
    case OpKind::fetch: return "fetch";
    case OpKind::query: return "query";
    case OpKind::call: return "call";
    case OpKind::opaque: return "opaque";
  }
  return "?";
}

std::string_view name_of(StdinKind kind) {
  switch (kind) {
    case StdinKind::inherit: return "inherit";
    case StdinKind::file: return "file";
    case StdinKind::pipe: return "pipe";
    case StdinKind::literal: return "literal";
    case StdinKind::network: return "network";
  }
  return "?";
}

std::string_view name_of(OpaqueReason reason) {
  switch (reason) {
    case OpaqueReason::computed_command: return "computed-command";
    case OpaqueReason::unknown_code: return "unknown-code";
    case OpaqueReason::download_and_run: return "download-and-run";
    case OpaqueReason::decode_and_run: return "decode-and-run";
    case OpaqueReason::unparsable: return "unparsable";
    case OpaqueReason::limit: return "limit";
    case OpaqueReason::unsupported_dialect: return "unsupported-dialect";
    case OpaqueReason::unreadable_path: return "unreadable-path";
    case OpaqueReason::changed_environment: return "changed-environment";
  }
  return "?";
}

}  // namespace belay::model
