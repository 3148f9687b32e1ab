#include <algorithm>

#include "base/text.h"
#include "command/inline/walker.h"

/// Variables that count. Loops are read once: `v[i]` is any of the elements, not the one where the counting begins.
namespace belay::command::inline_code {

namespace {

bool steps(const Token& t, const Dialect& d) { return (t.is("++") || t.is("--")) && !lists(d.joins, t.text); }
bool is_number(const Value& v) {
  return v.is_text() && !v.text.empty() && std::all_of(v.text.view().begin(), v.text.view().end(), base::is_digit);
}

}  // namespace

/// `i++`, `--i`, `i += 2`, `i = i + 1`.
void Walker::note_counters() {
  for (std::size_t k = 0; k + 1 < t_.all.size(); ++k) {
    const Token& t = t_.all[k];
    session_.repeats = session_.repeats || (t.kind == TokenKind::name && lists("while until loop", t.text));
    if (t.kind != TokenKind::name || t.word) continue;
    const Token& next = t_.all[k + 1];
    const bool stepped = steps(next, d_) || (k > 0 && steps(t_.all[k - 1], d_));
    const bool grows = (next.is("+=") || next.is("-=")) && k + 2 < t_.all.size() && t_.all[k + 2].kind != TokenKind::string;
    const bool anew =
        next.is("=") && k + 3 < t_.all.size() && t_.all[k + 2].text == t.text && (t_.all[k + 3].is("+") || t_.all[k + 3].is("-"));
    if (stepped || grows || anew) session_.counters.insert(variable_key(std::string(t.text)));
  }
}

void Walker::bind(const std::string& name, Value value) {
  if (is_number(value) && session_.counters.count(name) != 0) value = Value::of(Text::hole(model::HoleTrait::none));
  adopt(value);
  if (session_.scope != nullptr) note_local(name);
  if (!session_.owners.empty()) write_element(name, value);
  if (const auto it = session_.variables.find(name); it != session_.variables.end() && it->second.shares) {
    value.cell = it->second.cell;
    value.shares = true;
    value.place.clear();
    write(value.cell, it->second, value);
  }
  put(name, std::move(value));
}

void Walker::put(const std::string& name, Value value) {
  if (!session_.branches.empty()) note_branch(name, session_);
  const auto it = session_.variables.find(name);
  if (it != session_.variables.end()) it->second = std::move(value);
  else if (session_.variables.size() < kMostVariables) session_.variables.emplace(name, std::move(value));
}

}  // namespace belay::command::inline_code
