#include <algorithm>

#include "base/text.h"
#include "command/program/grammars.h"
#include "command/program/roles.h"

/// [METHOD] URL [ITEM…]; items: name=value, name:=json, Header:value, name==query, name@file, name=@file (HTTPie manual,
/// "Request items").
namespace belay::command::program {

namespace {

bool is_method(std::string_view v) { return !v.empty() && std::all_of(v.begin(), v.end(), base::is_alpha); }

/// `:3000/x`, `:/x`: this machine.
Text whole_url(const Text& url) {
  const std::string_view v = url.view();
  if (v.substr(0, 1) != ":" || v.substr(0, 3) == "://") return url.substr(v.substr(0, 3) == "://" ? 3 : 0);
  Text out("localhost");
  out.append(v.substr(0, 2) == ":/" ? url.substr(1) : url);
  return out;
}

/// What separates the name of an item from its value; the first and, there, the longest.
std::string_view separator_of(std::string_view item, std::size_t at) {
  for (const std::string_view s : {":=@", "==@", ":=", "==", "=@", "=", ":@", ":", "@", ";"}) {
    if (item.substr(at, s.size()) == s) return s;
  }
  return {};
}

Text named(const Text& name, const Text& value, std::string_view between) {
  Text out = name;
  out.append(between);
  out.append(value);
  return out;
}

class Items {
 public:
  void apply(ReadOperand& item) {
    const std::size_t at = item.text.view().find_first_of("=:@;");
    if (at == std::string_view::npos) return;
    const std::string_view separator = separator_of(item.text.view(), at);
    const Text name = item.text.substr(0, at);
    const Text value = item.text.substr(at + separator.size());
    if (separator == "==") return add_query(name, value);
    item.role = separator[0] == ':' && separator.substr(0, 2) != ":=" ? Role::header : Role::body;
    if (separator == ";") item.role = Role::header;
    if (item.role == Role::header) return;
    item.detail = "field";
    item.text = named(name, value, separator.back() == '@' ? "=@" : "=");
  }

  /// Parameters of the URL, once all are known.
  void finish(ReadOperand& url) const {
    if (query_.empty()) return;
    url.text.append(url.text.view().find('?') == std::string_view::npos ? "?" : "&");
    url.text.append(query_);
  }

 private:
  void add_query(const Text& name, const Text& value) {
    if (!query_.empty()) query_.append("&");
    query_.append(named(name, value, "="));
  }

  Text query_;
};

}  // namespace

void run_httpie(const Reading& reading, Effects& effects) {
  Reading request = reading;
  std::size_t at = 0;
  for (ReadOperand& o : request.operands) o.role = Role::word;
  if (request.operands.size() > 1 && is_method(request.operands[0].text.view())) request.operands[at++].role = Role::method;
  if (at >= request.operands.size()) return apply_files(request, effects);
  ReadOperand& url = request.operands[at++];
  url.role = Role::url;
  url.text = whole_url(url.text);
  Items items;
  for (; at < request.operands.size(); ++at) items.apply(request.operands[at]);
  items.finish(url);
  apply_files(request, effects);
  apply_fetch(request, effects);
}

}  // namespace belay::command::program
