#include "command/program/config_file.h"

#include <string>

#include "base/text.h"
#include "command/program/settings.h"

namespace belay::command::program {

namespace {

/// `section "sub"` as the beginning of a key.
std::string section_of(std::string_view head) {
  const auto quote = head.find('"');
  std::string out(base::trim(head.substr(0, quote)));
  if (quote == std::string_view::npos) return out;
  out += '.';
  out += head.substr(quote + 1, head.rfind('"') - quote - 1);
  return out;
}

/// Without quotes and with its escapes read; what follows a `;` or `#` outside of quotes is a comment.
Text value_of(const Text& written) {
  Text out;
  bool quotes = false;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const char c = written.view()[i];
    if (!quotes && (c == '#' || c == ';')) break;
    if (c == '"') {
      quotes = !quotes;
      continue;
    }
    const bool escape = c == '\\' && i + 1 < written.size();
    out.append(written.substr(escape ? ++i : i, 1));
  }
  return out;
}

}  // namespace

void read_config_file(std::string_view language, const Text& text, const Change& change, Effects& effects) {
  std::string section;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.view().find('\n', begin), text.size());
    Text line = text.substr(begin, end - begin);
    begin = end + 1;
    const std::size_t first = std::min(line.view().find_first_not_of(" \t"), line.size());
    line = line.substr(first);
    if (line.view().starts_with('[')) {
      const std::size_t close = line.view().find(']');
      if (close == std::string_view::npos) continue;
      section = section_of(line.view().substr(1, close - 1));
      line = line.substr(close + 1);  // a setting may stand behind it (git-config(1), "Syntax")
    }
    const auto equals = line.view().find('=');
    if (section.empty() || equals == std::string_view::npos) continue;
    Text setting(section + "." + std::string(base::trim(line.view().substr(0, equals))) + "=");
    setting.append(value_of(line.substr(std::min(line.view().find_first_not_of(" \t", equals + 1), line.size()))));
    apply_setting(language, setting, change, effects);
  }
}

}  // namespace belay::command::program
