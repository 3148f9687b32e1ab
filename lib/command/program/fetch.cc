#include <algorithm>
#include <array>

#include "base/text.h"
#include "command/http/host.h"
#include "command/program/requests.h"
#include "command/program/roles.h"

namespace belay::command::program {

namespace {

using model::Fetch;
using model::HoleTrait;
using model::OpKind;

/// Options of the clients whose meaning goes beyond a role, by their long spelling.
enum class Special : std::uint8_t {
  none,
  field,
  url_query,
  target,
  connect_to,
  resolve,
  globoff,
  no_input,
  output,
  output_below
};
struct SpecialRow {
  std::string_view canonical;
  Special what;
};
constexpr std::array kSpecial{
    SpecialRow{"--data-urlencode", Special::field},
    SpecialRow{"--form", Special::field},
    SpecialRow{"--form-string", Special::field},
    SpecialRow{"--raw-field", Special::field},
    SpecialRow{"--field", Special::field},
    SpecialRow{"--url-query", Special::url_query},
    SpecialRow{"--request-target", Special::target},
    SpecialRow{"--connect-to", Special::connect_to},
    SpecialRow{"--resolve", Special::resolve},
    SpecialRow{"--globoff", Special::globoff},
    SpecialRow{"--ignore-stdin", Special::no_input},
    SpecialRow{"--output", Special::output},
    SpecialRow{"--output-document", Special::output},
    SpecialRow{"--out", Special::output_below},
    SpecialRow{"--spider", Special::output},
    SpecialRow{"--dry-run", Special::output},
};

Special special_of(std::string_view canonical) {
  for (const SpecialRow& row : kSpecial) {
    if (row.canonical == canonical) return row.what;
  }
  return Special::none;
}

/// Servers that honour these let a harmless method stand for another.
constexpr std::array<std::string_view, 3> kOverrides{"x-http-method-override", "x-http-method", "x-method-override"};

/// A field's value is literal: what a form would take for its own is escaped.
Text escaped_field(const Text& value) {
  Text out;
  const std::string_view v = value.view();
  for (std::size_t i = 0; i < v.size();) {
    const std::size_t stop = std::min(v.find_first_of("%&+", i), v.size());
    out.append(value.substr(i, stop - i));
    if (stop < v.size()) out.append(v[stop] == '%' ? "%25" : v[stop] == '&' ? "%26" : "%2B");
    i = stop + 1;
  }
  return out;
}

/// The files of a part of a form: `FILE;type=…`, `FILE,FILE`, with names in quotes (curl(1), -F).
std::vector<Text> files_of_part(const Text& part) {
  std::vector<Text> out;
  const std::string_view v = part.view();
  for (std::size_t at = 0; at < v.size();) {
    Text file;
    if (v[at] == '"') {
      for (++at; at < v.size() && v[at] != '"'; ++at) {
        if (v[at] == '\\' && at + 1 < v.size()) ++at;
        file.append(part.substr(at, 1));
      }
      at = std::min(at + 1, v.size());
    } else {
      const std::size_t end = std::min(v.find_first_of(",;", at), v.size());
      file = part.substr(at, end - at);
      at = end;
    }
    out.push_back(std::move(file));
    if (at == v.size() || v[at] != ',') break;
    ++at;
  }
  return out;
}

/// `{{name}}` of `--expand-…`: the value of a variable of curl.
Text without_variables(const Text& value) {
  Text out;
  std::size_t at = 0;
  for (auto open = value.view().find("{{"); open != std::string_view::npos; open = value.view().find("{{", at)) {
    out.append(value.substr(at, open - at));
    out.append_hole(HoleTrait::any);
    const auto close = value.view().find("}}", open);
    at = close == std::string_view::npos ? value.size() : close + 2;
  }
  out.append(value.substr(at));
  return out;
}

/// The same URL at another host.
Text at_host(const Text& url, const Text& host) {
  const std::string_view v = url.view();
  const auto scheme = v.find("://");
  const std::size_t begin = scheme == std::string_view::npos ? 0 : scheme + 3;
  Text out = url.substr(0, begin);
  out.append(host);
  out.append(url.substr(std::min(v.find_first_of("/?#", begin), v.size())));
  return out;
}

class Request {
 public:
  Request(const Reading& reading, Effects& effects, bool unknown_options)
      : reading_(reading),
        effects_(effects),
        unknown_options_(unknown_options),
        globs_(reading.block().option("--globoff").has_value()),
        url_names_(reading.block().has(Flag::saves)) {}

  void run() {
    for (const ReadOption& o : reading_.options) option(o);
    for (const ReadOperand& o : reading_.operands)
      part(o.role, o.text, Special::none, o.detail == "field" ? mark(Mark::form) : 0);
    if (unknown_options_) add_unknown();
    if (reading_.block().grammar() == image::Grammar::httpie) standard_input();
    if (urls_.size() * outputs_.size() > kMostPairs) {
      effects_.opaque(model::OpaqueReason::limit, "`" + effects_.name() + "` with very many addresses and files");
      outputs_.resize(1);
    }
    for (const Text& written : urls_) {
      const std::vector<Text> all = globs_ ? globbed_urls(written) : std::vector<Text>{written};
      for (const Text& url : all) emit(url);
    }
  }

 private:
  static constexpr std::size_t kMostPairs = 1U << 16U;  ///< of what is fetched and where it may land

  static std::uint32_t mark(Mark m) { return static_cast<std::uint32_t>(m); }

  void option(const ReadOption& o) {
    if (o.number == kUnknownOption) return;
    const OptionInfo info = reading_.info(o);
    const Special special = special_of(info.canonical);
    if (!info.method.empty()) implied_ = info.method;
    if (info.has(Mark::to_url)) to_url_ = true;
    if (info.has(Mark::url_name)) url_names_ = true;
    if (special == Special::globoff) globs_ = false;
    if (special == Special::no_input) reads_input_ = false;
    if (special == Special::output || special == Special::output_below) named_ = true;
    if (special == Special::output_below) below_ = o.value;
    if (!o.has_value) return;
    const Text value = info.canonical.starts_with("--expand-") ? without_variables(o.value) : o.value;
    part(info.role, value, special, info.marks);
    if (info.role == Role::write) outputs_.push_back(value);
    if (info.role == Role::write_into) folder_ = value;
    if (special == Special::url_query) add_query(value);
    if (special == Special::target) target_ = value;
    if (special == Special::connect_to) other_host(value, true);
    if (special == Special::resolve) other_host(value, false);
  }

  void part(Role role, const Text& value, Special special, std::uint32_t marks) {
    if (role == Role::url) urls_.push_back(value);
    if (role == Role::method) method_ = value.literal() ? base::upper(value.view()) : std::string("?");
    if (role == Role::header) header(value);
    if (role == Role::body || role == Role::json_body) body(value, special == Special::field, marks);
    if (role == Role::body_file) file_body(value);
  }

  void header(const Text& value) {
    if (value.view().starts_with('@') && value.size() > 1) return header_file(value.substr(1));
    const auto end = value.view().find_first_of(":;");
    std::string name = base::lower(base::trim(value.view().substr(0, end)));
    std::erase(name, model::kHole);
    const Text content = end == std::string_view::npos
                             ? Text()
                             : value.substr(std::min(value.view().find_first_not_of(" \t", end + 1), value.size()));
    if (std::find(kOverrides.begin(), kOverrides.end(), name) != kOverrides.end() && content.literal() && !content.empty()) {
      override_ = base::upper(base::trim(content.view()));
    }
    if (name == "host" && !content.empty()) hosts_.push_back(content);
    if (!name.empty()) fetch_.headers.push_back(std::move(name));
  }

  /// curl(1) -H `@FILE`: each line of it is a header.
  void header_file(const Text& path) { reads_.push_back(effects_.file(OpKind::read, path, {}, "headers of `" + effects_.name() + "`")); }

  void body(const Text& value, bool field, std::uint32_t marks) {
    const bool form = (marks & mark(Mark::form)) != 0;
    const bool raw = (marks & mark(Mark::raw)) != 0;
    if (fetch_.has_body) fetch_.body.append("&");
    fetch_.has_body = true;
    const std::size_t at = raw ? std::string::npos : reference(value.view(), form);
    if (at == std::string::npos) return fetch_.body.append(field || form ? escaped_field(value) : value);
    fetch_.body.append(value.substr(0, at));
    if (at > 0 && value.view()[at - 1] != '=') fetch_.body.append("=");
    for (const Text& file : form ? files_of_part(value.substr(at + 1)) : std::vector<Text>{value.substr(at + 1)}) contents(file);
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
    if (const auto text = effects_.written_text(name)) fetch_.body.append(*text);
    else fetch_.body.append_hole(HoleTrait::any);
    reads_.push_back(effects_.file(OpKind::read, name, {}, "body of `" + effects_.name() + "`"));
  }

  /// HTTPie sends what it is fed unless items make a body.
  void standard_input() {
    if (!reads_input_ || fetch_.has_body || effects_.input().kind == model::StdinKind::inherit) return;
    fetch_.has_body = true;
    contents("-");
  }

  /// A file of options that is not known may hold the URL and the body.
  void add_unknown() {
    if (urls_.empty()) urls_.push_back(Text::hole(HoleTrait::any));
    if (fetch_.has_body) return;
    fetch_.has_body = true;
    fetch_.body = Text::hole(HoleTrait::any);
  }

  void add_query(const Text& value) {
    if (!query_.empty()) query_.append("&");
    query_.append(value.view().substr(0, 1) == "+" ? value.substr(1) : value);
  }

  /// `--resolve HOST:PORT:ADDRESS,…`, `--connect-to HOST:PORT:HOST2:PORT2`: who really receives it, behind two colons. A host with
  /// a port behind it ends at a colon, an address at a comma.
  void other_host(const Text& value, bool port_follows) {
    std::size_t begin = 0;
    for (std::size_t seen = 0; seen < 2 && begin != std::string_view::npos; ++seen) {
      begin = value.view().find(':', begin);
      if (begin != std::string_view::npos) ++begin;
    }
    if (begin == std::string_view::npos || begin >= value.size()) return;
    const Text rest = value.substr(begin);
    const bool bracket = rest.view()[0] == '[';
    const auto end = bracket ? rest.view().find(']') + 1 : rest.view().find(port_follows ? ':' : ',');
    if (end != 0) hosts_.push_back(rest.substr(0, end));
  }

  [[nodiscard]] std::string method() const {
    if (!override_.empty()) return override_;
    if (!method_.empty()) return method_;
    if (to_url_) return "GET";
    if (!implied_.empty()) return implied_;
    if (fetch_.has_body) return "POST";
    const std::string_view usual = reading_.block().default_method();
    return usual.empty() ? "GET" : std::string(usual);
  }

  static void append_query(const Text& query, Text& url) {
    if (query.empty()) return;
    url.append(url.view().find('?') == std::string_view::npos ? "?" : "&");
    url.append(query);
  }

  void emit(const Text& written) {
    Fetch fetch = fetch_;
    fetch.method = method();
    fetch.url = whole(written);
    if (!target_.empty()) fetch.url = targeted(fetch.url);
    append_query(query_, fetch.url);
    if (to_url_ && fetch.has_body) {
      append_query(fetch.body, fetch.url);
      fetch.body = Text();
      fetch.has_body = false;
    }
    for (const Text& host : hosts_) {
      Fetch other = fetch;
      other.url = at_host(fetch.url, host);
      send(std::move(other), written);
    }
    send(std::move(fetch), written);
  }

  void send(Fetch fetch, const Text& written) {
    const auto index = effects_.fetch(std::move(fetch), "request of `" + effects_.name() + "`");
    for (const auto read : reads_) effects_.flow(read, index);
    for (const auto from : effects_.input().sources) effects_.flow(from, index);
    save(written, index);
  }

  [[nodiscard]] Text targeted(const Text& url) const {
    const auto scheme = url.view().find("://");
    const auto path = url.view().find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
    Text out = url.substr(0, path);
    if (!target_.view().starts_with('/')) out.append("/");
    out.append(target_);
    return out;
  }

  [[nodiscard]] Text whole(const Text& url) const {
    const std::string_view base = reading_.block().base_url();
    if (base.empty() || url.view().find("://") != std::string_view::npos) return url;
    Text out(base);
    out.append(url.view().substr(0, 1) == "/" ? url.substr(1) : url);
    return out;
  }

  [[nodiscard]] Text in_folder(const Text& name) const {
    Text out = folder_;
    if (!out.empty()) out.append("/");
    out.append(name);
    return out;
  }

  void save(const Text& url, std::uint32_t index) {
    const std::string why = "output of `" + effects_.name() + "`";
    for (const Text& path : outputs_) effects_.flow(index, effects_.write(path, {}, Text::hole(HoleTrait::any), why));
    if (!folder_.empty() && !below_.empty())
      effects_.flow(index, effects_.write(in_folder(below_), {}, Text::hole(HoleTrait::any), why));
    if (!url_names_ || named_) return;
    const bool keeps_query = reading_.block().has(Flag::saves);
    const std::size_t end = std::min(url.view().find('#'), url.size());
    const std::size_t query = std::min(url.view().find('?'), end);
    save_as(url.substr(0, query), index);
    if (keeps_query && query < end) save_as(url.substr(0, end), index);
  }

  /// Under the last part of the path, if there is one.
  void save_as(const Text& url, std::uint32_t index) {
    const std::string_view v = url.view();
    const auto scheme = v.find("://");
    const auto path = v.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
    const auto slash = v.substr(0, v.find('?')).rfind('/');
    if (path == std::string_view::npos || slash < path || slash + 1 == v.size()) return;
    effects_.flow(index, effects_.write(in_folder(url.substr(slash + 1)), {}, Text::hole(HoleTrait::any),
                                        "output of `" + effects_.name() + "`"));
  }

  const Reading& reading_;
  Effects& effects_;
  bool unknown_options_;
  bool globs_;
  Fetch fetch_;
  std::string method_, implied_, override_;
  bool to_url_ = false;
  bool url_names_;      ///< a file is named like the last part of the URL
  bool named_ = false;  ///< … unless an option says what it is called, or that there is none
  Text folder_;         ///< where such files land
  Text below_;          ///< name of a file in it, of aria2c
  bool reads_input_ = true;
  Text query_, target_;
  std::vector<Text> urls_, outputs_, hosts_;
  std::vector<std::uint32_t> reads_;
};

}  // namespace

Text host_of(const Text& url) { return http::host_of(url); }

void apply_fetch(const Reading& reading, Effects& effects) {
  const Requests requests(reading, effects);
  for (const Requests::Part& part : requests.parts()) Request(*part.reading, effects, part.unknown_options).run();
}

}  // namespace belay::command::program
