#include <algorithm>

#include "base/text.h"
#include "rulekit/cases.h"

namespace belay::rulekit {

namespace {

bool speaks_of(std::string_view pattern, std::string_view text) {
  if (pattern.empty() || pattern.back() != '*') return pattern == text;
  return text.starts_with(pattern.substr(0, pattern.size() - 1));
}

/// `any: option …` for `any[2]: option …`: the reason is the same wherever the table stands.
std::string anywhere(const std::string& what) {
  const auto open = what.find('[');
  const auto close = what.find("]: ");
  return close == std::string::npos || what.find(' ') < close ? what : what.substr(0, open) + what.substr(close + 1);
}

bool explains(const Explanation& e, const Survivor& s) {
  return speaks_of(e.rule, s.rule->id) && (speaks_of(e.what, s.what) || speaks_of(e.what, anywhere(s.what)));
}

}  // namespace

base::Result<std::vector<Explanation>> read_explanations(std::string_view text) {
  std::vector<Explanation> out;
  std::size_t number = 0;
  for (const auto line : base::split(text, '\n')) {
    ++number;
    if (line.empty() || line.front() == '#') continue;
    const auto fields = base::split(line, '\t');
    if (fields.size() != 3 || std::any_of(fields.begin(), fields.end(), [](const auto& f) { return f.empty(); }))
      return base::fail(base::Errc::invalid, "line " + std::to_string(number) + " is not RULE, MUTANT and REASON parted by tabs");
    out.push_back({std::string(fields[0]), std::string(fields[1]), std::string(fields[2])});
  }
  return out;
}

void explain_survivors(std::vector<Explanation> explanations, Coverage& coverage) {
  const auto before = coverage.survivors;
  const auto explained = [&](const Survivor& s) {
    return std::any_of(explanations.begin(), explanations.end(), [&](const Explanation& e) { return explains(e, s); });
  };
  coverage.explained += std::erase_if(coverage.survivors, explained);
  for (auto& e : explanations) {
    const bool idle = std::none_of(before.begin(), before.end(), [&](const Survivor& s) { return explains(e, s); });
    if (idle) coverage.idle.push_back(std::move(e));
  }
}

}  // namespace belay::rulekit
