#include <algorithm>

#include "base/text.h"
#include "command/program/roles.h"

namespace belay::command::program {

namespace {

using model::Fetch;
using model::HoleTrait;
using model::OpKind;

Text lower_text(const Text& t) {
  Text out;
  for (std::size_t i = 0, hole = 0; i < t.size(); ++i) {
    if (t.view()[i] == model::kHole) {
      out.append_hole(t.trait(hole++));
    } else {
      const char c = base::to_lower(t.view()[i]);
      out.append(std::string_view(&c, 1));
    }
  }
  return out;
}

/// Lower case, without scheme, user and port (RFC 3986, 3.2).
Text host_of(const Text& url) {
  std::string_view v = url.view();
  const auto scheme = v.find("://");
  const std::size_t begin = scheme == std::string_view::npos ? 0 : scheme + 3;
  std::size_t end = std::min(v.find_first_of("/?#\\", begin), v.size());
  const auto at = v.substr(begin, end - begin).rfind('@');
  const std::size_t host = at == std::string_view::npos ? begin : begin + at + 1;
  if (host < end && v[host] == '[') {
    const auto close = v.find(']', host);
    return lower_text(url.substr(host + 1, (close == std::string_view::npos ? end : close) - host - 1));
  }
  const auto colon = v.substr(host, end - host).find(':');
  if (colon != std::string_view::npos) end = host + colon;
  return lower_text(url.substr(host, end - host));
}

std::string upper(std::string_view s) {
  std::string out(s);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

class Request {
 public:
  Request(const Reading& reading, Effects& effects) : reading_(reading), effects_(effects) {}

  void run() {
    for (const ReadOption& o : reading_.options) option(o);
    for (const ReadOperand& o : reading_.operands) part(o.role, o.text, 0);
    for (const Text& url : urls_) emit(url);
  }

 private:
  void option(const ReadOption& o) {
    if (o.number == kUnknownOption) return;
    const OptionInfo info = reading_.info(o);
    if (!info.method.empty()) implied_ = info.method;
    if (info.has(Mark::to_url)) to_url_ = true;
    if (info.has(Mark::url_name)) url_names_ = true;
    if (!o.has_value) return;
    part(info.role, o.value, info.marks);
    if (info.role == Role::write) outputs_.push_back(o.value);
  }

  void part(Role role, const Text& value, std::uint32_t marks) {
    if (role == Role::url) urls_.push_back(value);
    if (role == Role::method) method_ = value.literal() ? upper(value.view()) : std::string("?");
    if (role == Role::header) header(value);
    if (role == Role::body || role == Role::json_body) body(value, marks);
    if (role == Role::body_file) file_body(value);
  }

  void header(const Text& value) {
    const auto end = value.view().find_first_of(":;");
    std::string name = base::lower(base::trim(value.view().substr(0, end)));
    std::erase(name, model::kHole);
    if (name == "x-http-method-override" && end != std::string_view::npos && value.literal()) {
      method_ = upper(base::trim(value.view().substr(end + 1)));
    }
    if (!name.empty()) fetch_.headers.push_back(std::move(name));
  }

  void body(const Text& value, std::uint32_t marks) {
    const bool form = (marks & static_cast<std::uint32_t>(Mark::form)) != 0;
    const bool raw = (marks & static_cast<std::uint32_t>(Mark::raw)) != 0;
    if (fetch_.has_body) fetch_.body.append("&");
    fetch_.has_body = true;
    const std::size_t at = raw ? std::string::npos : reference(value.view(), form);
    if (at == std::string::npos) return fetch_.body.append(value);
    fetch_.body.append(value.substr(0, at));
    contents(value.substr(at + 1));
  }

  /// Where the `@` (or, in a form, `<`) stands that makes the rest the name of a file.
  static std::size_t reference(std::string_view v, bool form) {
    if (v.substr(0, 1) == "@") return 0;
    const auto name_end = v.find_first_of("=@");
    if (name_end == std::string_view::npos || !form) return std::string::npos;
    if (v[name_end] == '@') return name_end;  // --data-urlencode name@file
    const bool file = v.substr(name_end + 1, 1) == "@" || v.substr(name_end + 1, 1) == "<";
    return file ? name_end + 1 : std::string::npos;
  }

  void file_body(const Text& path) {
    fetch_.has_body = true;
    contents(path);
  }

  /// Puts what a file or standard input holds into the body.
  void contents(const Text& name) {
    const std::string_view v = name.view();
    if (v == "-" || v == "." || v == "/dev/stdin") {
      if (effects_.input().text) fetch_.body.append(*effects_.input().text);
      else fetch_.body.append_hole(HoleTrait::any);
      return;
    }
    const Text file = name.substr(0, v.find(';'));  // a form part may go on with `;type=…`
    if (const auto text = effects_.written_text(file)) fetch_.body.append(*text);
    else fetch_.body.append_hole(HoleTrait::any);
    reads_.push_back(effects_.file(OpKind::read, file, {}, "body of `" + effects_.name() + "`"));
  }

  [[nodiscard]] std::string method() const {
    if (!method_.empty()) return method_;
    if (to_url_) return "GET";
    if (!implied_.empty()) return implied_;
    if (fetch_.has_body) return "POST";
    const std::string_view usual = reading_.block().default_method();
    return usual.empty() ? "GET" : std::string(usual);
  }

  void emit(const Text& url) {
    Fetch fetch = fetch_;
    fetch.method = method();
    fetch.url = whole(url);
    if (to_url_ && fetch.has_body) {
      fetch.url.append("?");
      fetch.url.append(fetch.body);
      fetch.body = Text();
      fetch.has_body = false;
    }
    fetch.host = host_of(fetch.url);
    const auto index = effects_.fetch(std::move(fetch), "request of `" + effects_.name() + "`");
    for (const auto read : reads_) effects_.flow(read, index);
    for (const auto from : effects_.input().sources) effects_.flow(from, index);
    save(url, index);
  }

  [[nodiscard]] Text whole(const Text& url) const {
    const std::string_view base = reading_.block().base_url();
    if (base.empty() || url.view().find("://") != std::string_view::npos) return url;
    Text out(base);
    out.append(url.view().substr(0, 1) == "/" ? url.substr(1) : url);
    return out;
  }

  void save(const Text& url, std::uint32_t index) {
    for (const Text& path : outputs_) effects_.flow(index, effects_.write(path, {}, Text::hole(HoleTrait::any), "output of `" + effects_.name() + "`"));
    if (!url_names_ || !outputs_.empty()) return;
    const Text path = url.substr(0, url.view().find_first_of("?#"));
    const auto slash = path.view().rfind('/');
    if (slash == std::string_view::npos || slash + 1 == path.size()) return;
    effects_.flow(index, effects_.write(path.substr(slash + 1), {}, Text::hole(HoleTrait::any), "output of `" + effects_.name() + "`"));
  }

  const Reading& reading_;
  Effects& effects_;
  Fetch fetch_;
  std::string method_, implied_;
  bool to_url_ = false;
  bool url_names_ = false;
  std::vector<Text> urls_, outputs_;
  std::vector<std::uint32_t> reads_;
};

}  // namespace

void apply_fetch(const Reading& reading, Effects& effects) { Request(reading, effects).run(); }

}  // namespace belay::command::program
