#include "decide/effect.h"

#include "base/text.h"

namespace belay::decide {

namespace {

constexpr std::size_t kLongest = 160;

std::string shown(const model::Text& text) {
  std::string out = base::printable(text.substr(0, kLongest).display());
  if (text.size() > kLongest) out += "…";
  if (out.size() <= kLongest) return out;
  std::size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0U) == 0x80U) --end;  // not inside a character
  out.resize(end);
  return out + "…";
}

std::string_view verb(model::OpKind kind) {
  switch (kind) {
    case model::OpKind::read: return "reads ";
    case model::OpKind::write: return "writes to ";
    case model::OpKind::remove: return "deletes ";
    case model::OpKind::exec:
    case model::OpKind::fetch:
    case model::OpKind::query:
    case model::OpKind::call:
    case model::OpKind::opaque: break;
  }
  return "touches ";
}

/// Where the path really leads; null when it is what it says. What a glob stands for is too much to tell.
const model::Text* other_place(const model::Path& path) {
  if (!(path.canonical == path.lexical)) return &path.canonical;
  for (const model::OtherName& other : path.others) {
    if (other.why != model::OtherName::Why::listed) return &other.path;
  }
  return nullptr;
}

/// The program and what it is told to do, without any argument.
std::string command_of(const model::Exec& exec) {
  std::string out = shown(exec.program);
  for (const std::string& word : exec.words) out += " " + word;
  return out;
}

struct Describe {
  model::OpKind kind;
  bool stored;  ///< of a script's text, which whoever reads this has perhaps not seen, and which may hold what nobody should

  std::string operator()(const model::Exec& exec) const {
    if (stored) return "runs " + command_of(exec);
    return "runs " + shown(exec.canonical) + (exec.as.empty() ? "" : " as " + shown(exec.as));
  }
  std::string operator()(const model::FileAccess& file) const {
    std::string out(verb(kind));
    const std::string place = shown(file.path.lexical);
    if (file.recursive && file.contents_only) return out + "everything in " + place;
    out += place;
    if (const model::Text* other = other_place(file.path)) out += ", which is " + shown(*other);
    return file.recursive ? out + " and everything below it" : out;
  }
  std::string operator()(const model::Fetch& fetch) const {
    if (stored && fetch.host.empty()) return "sends " + shown(fetch.method) + " to some host";
    return "sends " + shown(fetch.method) + " to " + shown(fetch.host.empty() ? fetch.url : fetch.host);
  }
  std::string operator()(const model::Query& query) const {
    std::string out = "runs a statement";
    if (!query.engine.empty()) out += " on " + shown(query.engine);
    if (!query.database.empty()) out += " database " + shown(query.database);
    return query.host.empty() ? out : out + " at " + shown(query.host);
  }
  std::string operator()(const model::ToolUse& use) const { return "calls the tool " + shown(use.tool); }
  std::string operator()(const model::Opaque& opaque) const { return std::string(reason(opaque.reason)); }

  static std::string_view reason(model::OpaqueReason reason) {
    switch (reason) {
      case model::OpaqueReason::computed_command: return "runs a program whose name is only known when it runs";
      case model::OpaqueReason::unknown_code: return "runs code that is only known when it runs";
      case model::OpaqueReason::download_and_run: return "runs what it downloads";
      case model::OpaqueReason::decode_and_run: return "runs text that it decodes first";
      case model::OpaqueReason::unparsable: return "is a command that cannot be read to its end";
      case model::OpaqueReason::limit: return "is too large to be looked at whole";
      case model::OpaqueReason::unsupported_dialect: return "is written in a shell language that is not understood";
      case model::OpaqueReason::unreadable_path: return "uses a path that the file system does not explain";
      case model::OpaqueReason::changed_environment: return "changes which code programs load";
    }
    return "does something that is not known";
  }
};

}  // namespace

std::string effect_of(const model::Operation& op) {
  const std::string effect = std::visit(Describe{op.kind, op.stored}, op.detail);
  return op.stored ? "runs a script that " + effect : effect;
}

}  // namespace belay::decide
