#include "history/subject.h"

#include <variant>

#include "base/text.h"

namespace belay::history {

namespace {

struct SubjectOf {
  std::string operator()(const model::Harmless&) const { return {}; }
  std::string operator()(const model::RunShell& a) const { return a.command; }
  std::string operator()(const model::RunArgv& a) const {
    std::string out;
    for (const std::string& word : a.argv) out += (out.empty() ? "" : " ") + word;
    return out;
  }
  std::string operator()(const model::ReadFile& a) const { return a.path; }
  std::string operator()(const model::WriteFile& a) const { return a.path; }
  std::string operator()(const model::DeleteFile& a) const { return a.path; }
  std::string operator()(const model::RenameFile& a) const { return a.from + " -> " + a.to; }
  std::string operator()(const model::SearchFiles& a) const { return a.path; }
  std::string operator()(const model::FetchUrl& a) const { return a.url; }
  std::string operator()(const model::UseTool& a) const {
    std::string out;
    for (const model::Field& field : a.input) out += (out.empty() ? "" : " ") + field.key + "=" + field.value;
    return out;
  }
};

}  // namespace

std::string subject_of(const model::Call& call, std::size_t most) {
  std::string out;
  for (const model::Action& action : call.actions) {
    const std::string one = std::visit(SubjectOf{}, action);
    if (!one.empty()) out += (out.empty() ? "" : "; ") + one;
    if (out.size() > most) break;
  }
  if (out.size() <= most) return base::printable(out);
  while (most > 0 && (static_cast<unsigned char>(out[most]) & 0xC0U) == 0x80U) --most;
  return base::printable(out.substr(0, most)) + "…";
}

}  // namespace belay::history
