#include "audit/clean.h"

#include <cstring>

#include "audit/secret_forms.h"
#include "base/text.h"

namespace belay::audit {

namespace {

using model::Action;

/// Makes the copy of one action that may be written.
struct Cleaner {
  Redactor& secrets;
  Redactor contents;  // counts for itself: a text being written is no secret that was found

  Action operator()(const model::Harmless& a) { return a; }
  Action operator()(const model::RunShell& a) { return model::RunShell{secrets.text(a.command), a.dialect}; }
  Action operator()(const model::RunArgv& a) { return model::RunArgv{argv(a.argv)}; }
  Action operator()(const model::ReadFile& a) { return model::ReadFile{secrets.text(a.path)}; }
  Action operator()(const model::WriteFile& a) {
    return model::WriteFile{secrets.text(a.path), contents.whole("content", a.content)};
  }
  Action operator()(const model::DeleteFile& a) { return model::DeleteFile{secrets.text(a.path)}; }
  Action operator()(const model::RenameFile& a) { return model::RenameFile{secrets.text(a.from), secrets.text(a.to)}; }
  Action operator()(const model::SearchFiles& a) {
    return model::SearchFiles{secrets.text(a.path), secrets.text(a.name_pattern), a.reads_content};
  }
  Action operator()(const model::FetchUrl& a) { return model::FetchUrl{secrets.text(a.url)}; }
  Action operator()(const model::UseTool& a) {
    model::UseTool out{a.tool, {}};
    out.input.reserve(a.input.size());
    for (const auto& [key, value] : a.input) out.input.push_back({secrets.text(key), secrets.value(key, value)});
    return out;
  }

  std::vector<std::string> argv(const std::vector<std::string>& words) {
    std::vector<std::string> out;
    out.reserve(words.size());
    const std::string_view path = words.empty() ? std::string_view() : words.front();
    const std::string_view program = path.substr(path.rfind('/') + 1);
    for (std::size_t i = 0; i < words.size(); ++i) {
      out.push_back(argument(program, i == 0 ? std::string_view() : words[i - 1], words[i]));
    }
    return out;
  }

  /// A word has its own quoting, so the redactor of shell text cannot see which option it belongs to.
  std::string argument(std::string_view program, std::string_view previous, std::string_view word) {
    const ProgramFlag before = program_flag(program, previous);
    if (before.takes && !before.attached_only) return secrets.whole("value", word);
    if (program_flag(program, word).attached_only) return std::string(word.substr(0, 2)) + secrets.whole("value", word.substr(2));
    const bool of_option = previous.size() > 2 && previous.starts_with("--") && !word.starts_with('-');
    return of_option ? secrets.value(previous, word) : secrets.text(word);
  }
};

/// Eight bytes at a time: a record may hold much text.
bool ascii(std::string_view s) {
  std::uint64_t all = 0;
  for (; s.size() >= sizeof all; s.remove_prefix(sizeof all)) {
    std::uint64_t some = 0;
    std::memcpy(&some, s.data(), sizeof some);
    all |= some;
  }
  for (const char c : s) all |= static_cast<unsigned char>(c);
  return (all & 0x8080808080808080U) == 0;
}

struct Size {
  std::size_t operator()(const model::Harmless&) const { return 0; }
  std::size_t operator()(const model::RunShell& a) const { return a.command.size(); }
  std::size_t operator()(const model::RunArgv& a) const {
    std::size_t sum = 0;
    for (const auto& word : a.argv) sum += word.size();
    return sum;
  }
  std::size_t operator()(const model::ReadFile& a) const { return a.path.size(); }
  std::size_t operator()(const model::WriteFile& a) const { return a.path.size() + a.content.size(); }
  std::size_t operator()(const model::DeleteFile& a) const { return a.path.size(); }
  std::size_t operator()(const model::RenameFile& a) const { return a.from.size() + a.to.size(); }
  std::size_t operator()(const model::SearchFiles& a) const { return a.path.size() + a.name_pattern.size(); }
  std::size_t operator()(const model::FetchUrl& a) const { return a.url.size(); }
  std::size_t operator()(const model::UseTool& a) const {
    std::size_t sum = a.tool.size();
    for (const auto& field : a.input) sum += field.key.size() + field.value.size();
    return sum;
  }
};

}  // namespace

std::vector<Action> clean(const std::vector<Action>& actions, std::string_view key, Redactor& redactor) {
  Cleaner cleaner{redactor, Redactor(key)};
  std::vector<Action> out;
  out.reserve(actions.size());
  for (const Action& action : actions) out.push_back(std::visit(cleaner, action));
  return out;
}

std::size_t size_of(const std::vector<Action>& actions) {
  std::size_t sum = 0;
  for (const Action& action : actions) sum += std::visit(Size{}, action);
  return sum;
}

std::uint64_t not_utf8(std::string_view s) {
  if (ascii(s) || base::valid_utf8(s)) return 0;
  std::uint64_t bad = 0;
  for (const char c : s) bad += static_cast<unsigned char>(c) >= 0x80 ? 1U : 0U;
  return bad;
}

}  // namespace belay::audit
