#include <array>

#include "base/text.h"
#include "command/program/modules.h"
#include "command/inline/argument_roles.h"
#include "command/inline/functions.h"
#include "command/program/roles.h"
#include "command/program/settings.h"

/// Roles of the arguments of a call, and the effects that they have together.
namespace belay::command::inline_code {

namespace {

using model::HoleTrait;
using model::OpKind;

bool is_url(std::string_view v) {
  for (const std::string_view scheme : {"http://", "https://", "ftp://"}) {
    if (v.substr(0, scheme.size()) == scheme) return true;
  }
  return false;
}

bool is_verb(std::string_view upper) { return lists("GET POST PUT PATCH DELETE HEAD OPTIONS", upper); }

class Arguments {
 public:
  Arguments(std::string_view member, const Call& call, Walker& walker) : member_(member), call_(call), walker_(walker), session_(walker.session()) {}

  Value run(std::string_view roles) {
    std::size_t position = 0;
    for (const std::string_view item : base::split_blank(roles)) {
      if (item.substr(0, 5) == "self=") {
        if (call_.callee.self) take(role_named(item.substr(5)), *call_.callee.self);
        continue;
      }
      one(item, position);
      position += item.front() == '=' ? 0U : 1U;
    }
    default_argument();
    finish();
    return std::move(out_);
  }

 private:
  void one(std::string_view item, std::size_t position) {
    const bool named_only = item.front() == '=';
    if (named_only) item.remove_prefix(1);
    const bool rest = item.size() > 3 && item.substr(item.size() - 3) == "...";
    const auto names = base::split(rest ? item.substr(0, item.size() - 3) : item, '|');
    const RoleRow& row = role_named(names.front());
    const Value* value = nullptr;
    for (std::size_t k = 1; k < names.size() && value == nullptr; ++k) value = call_.named(names[k]);
    if (value == nullptr && !named_only) value = call_.positional(position);
    for (; value != nullptr; value = rest ? call_.positional(++position) : nullptr) take(row, *value);
  }

  /// `unlink;` is about `$_`.
  void default_argument() {
    if (!walker_.dialect().has(Trait::default_argument) || !call_.arguments.empty() || call_.callee.self) return;
    if (member_ == "unlink" || member_ == "rmdir") take(role_named("delete"), implied());
  }
  Value implied() {
    const auto it = session_.variables.find("$_");
    return it != session_.variables.end() ? it->second : Value();
  }

  void take(const RoleRow& row, const Value& v) {
    used_.inherit(v);
    switch (row.part) {
      case Part::none: break;
      case Part::shell: in_shell_ = true; words_.push_back(v); break;
      case Part::command: command(v); break;
      case Part::program: words_.push_back(v); is_program_ = true; break;
      case Part::argv: argv(v); break;
      case Part::argv0: break;
      case Part::words: word(v); break;
      case Part::options: options(v); break;
      case Part::in_shell: in_shell_ = in_shell_ || (v.kind != ValueKind::list && truthy(v)); break;
      case Part::cwd: enter(v); break;
      case Part::file: for_each(v, [&](const Value& p) { files_.push_back({&row, p}); }); break;
      case Part::recursive: recursive_ = truthy(v) && !v.as_text().empty(); break;
      case Part::open: case Part::pipe_or_path: path_ = v; pipes_ = row.part == Part::pipe_or_path; break;
      case Part::mode: mode_ = mode_of(v); break;
      case Part::perl_mode: perl_mode(v); break;
      case Part::handle: handle(v); break;
      case Part::content: content_ = content_ ? joined(*content_, whole(v)) : whole(v); break;
      case Part::upstream: if (v.name.starts_with("#Process.") && v.self && v.self->self) upstream_ = v.self->self->as_text(); break;
      case Part::told: if (call_.callee.self && call_.callee.self->name == "#Process") tell(*call_.callee.self, v, session_); break;
      case Part::remote: remote(v); break;
      case Part::or_mode: if (!lists("r w a r+ w+ a+ rb wb r+b w+b", v.as_text().view())) command(v); break;
      case Part::url: url_ = v; break;
      case Part::method: method_ = v.is_text() && v.text.literal() ? base::upper(v.text.view()) : std::string("?"); break;
      case Part::headers: for (const std::string& k : v.keys) if (!k.empty()) headers_.push_back(base::lower(k)); break;
      case Part::body: body_ = v; break;
      case Part::host: connection(v); break;
      case Part::port: port_ = v.as_text(); break;
      case Part::code: code(v); break;
      case Part::module_name:
        // `require(__dirname + "/x")`: a file by its name, wherever that lies.
        if ((v.kind == ValueKind::unknown || !v.as_text().literal()) && behind_folder(v.as_text()).empty()) opaque("loads a module that it computes");
        import(v, session_, walker_.dialect().language);
        break;
      case Part::import: import(v, session_, walker_.dialect().language); break;
      case Part::script: script(v); break;
      case Part::library: program::apply_place(program::Role::library, v.as_text(), "the code", session_.effects); break;
      case Part::opaque: opaque("does what cannot be told"); break;
      case Part::folder: if (v.is_text()) session_.effects.enter(with_homes(v.text, session_.effects).front()); break;
      case Part::standard_input: if (v.is_text()) input_ = v.text; break;
      case Part::base: base_ = v.as_text(); break;
    }
  }

  /// A text, or flags of open(2).
  static std::string mode_of(const Value& v) {
    if (v.is_text()) return v.text.bytes();
    if (!v.name.starts_with("os.O_")) return "rw?";
    return v.name == "os.O_RDONLY" ? "r" : v.name.find("O_WRONLY") != std::string::npos ? "w" : "rw";
  }

  void handle(const Value& v) {
    if (v.name == "#out") files_.push_back({&role_named("append"), v});
    if (v.name == "#Process") told_ = v;
  }
  void remote(const Value& v) {
    const Value* host = call_.callee.self ? call_.callee.self->self.get() : nullptr;
    run_words({Value::of(Text("ssh")), Value::of(host == nullptr ? Text::hole(HoleTrait::any) : host->as_text()), Value::of(v.as_text())}, session_);
  }

  /// Of a list, its texts one after another: writelines().
  static Value whole(const Value& v) {
    if (v.kind != ValueKind::list || has_keys(v)) return v;
    Value out = Value::of(Text());
    for (const Value& item : v.items) out = joined(out, item);
    return out;
  }

  void opaque(const std::string& what) { session_.opaque(model::OpaqueReason::unknown_code, "`" + session_.effects.name() + "` " + what); }

  // --- commands ------------------------------------------------------------------------------------------------------------------

  void command(const Value& v) {
    if (v.kind == ValueKind::list && has_keys(v)) return;  // environment, options
    if (v.kind == ValueKind::list) is_program_ = true;
    words_.push_back(v);
  }
  void word(const Value& v) {
    if (v.kind == ValueKind::list && has_keys(v)) return options(v);
    if (words_.empty() && v.kind != ValueKind::list) is_program_ = false;
    words_.push_back(v);
  }
  static bool has_keys(const Value& v) {
    for (const std::string& k : v.keys) {
      if (!k.empty()) return true;
    }
    return false;
  }
  void argv(const Value& v) {
    is_program_ = true;
    if (v.kind != ValueKind::list) return words_.push_back(v);
    for (std::size_t i = words_.empty() ? 0 : 1; i < v.items.size(); ++i) words_.push_back(v.items[i]);
  }
  void options(const Value& v) {
    if (const Value* input = v.field("input"); input != nullptr && input->is_text()) input_ = input->text;
    if (const Value* shell = v.field("shell")) in_shell_ = truthy(*shell);
    for (const std::string_view key : {"cwd", "chdir"}) {
      if (const Value* folder = v.field(key)) enter(*folder);
    }
    for (const std::string_view key : {"args", "arguments", "cmd"}) {
      const Value* more = v.field(key);
      if (more != nullptr && !words_.empty()) words_.push_back(*more);
      else if (more != nullptr) command(*more);
    }
  }
  void enter(const Value& v) {
    if (!v.is_text() || v.text.empty()) return;
    session_.effects.enter(with_homes(v.text, session_.effects).front());
    entered_ = true;
  }

  void run_command() {
    if (words_.empty()) return;
    if (words_.front().name == "#Command") {
      for (const Value& w : words_) run_code(w, session_);
      return;
    }
    const Value& first = words_.front();
    const bool words = !in_shell_ && (is_program_ || words_.size() > 1) && !one_line();
    const Value code = in_shell_ && first.kind == ValueKind::list && !first.items.empty() ? first.items.front() : words ? quoted_words() : words_.size() == 1 ? first : spaced();
    if (input_) run_code(Value::of(fed(*input_, code.as_text())), session_);
    else if (upstream_) run_code(Value::of(piped(*upstream_, code.as_text())), session_);
    else if (words) run_words(words_, session_);
    else run_code(code, session_);
    session_.command = code.kind == ValueKind::list && !code.items.empty() ? code.items.front().as_text() : code.as_text();
  }

  /// Perl and Ruby: a list of one text is shell code like the text itself.
  [[nodiscard]] bool one_line() const {
    if (!walker_.dialect().has(Trait::bare_calls) || words_.size() != 1 || words_.front().kind != ValueKind::list || words_.front().items.size() != 1) return false;
    const Value& only = words_.front().items.front();
    return only.is_text() && only.text.view().find(' ') != std::string_view::npos;
  }

  Value spaced() const {
    Value all = Value::of(Text());
    for (const Value& w : words_) {
      for_each(w, [&](const Value& one) {
        if (!all.text.empty()) all.text.append(" ");
        all.text.append(one.as_text());
        all.inherit(one);
      });
    }
    return all;
  }

  Value quoted_words() const {
    Text code;
    for (const Value& w : words_) {
      for_each(w, [&](const Value& one) {
        if (!code.empty()) code.append(" ");
        code.append(quoted(one.as_text()));
      });
    }
    return Value::of(std::move(code));
  }

  // --- files -----------------------------------------------------------------------------------------------------------------------

  static Text home_and(const Text& below) {
    Text out(std::string(1, kHomeMark));
    out.append(below);
    return out;
  }

  std::uint32_t file(OpKind kind, const Value& path, program::Shape shape) {
    std::uint32_t last = model::kNoOperation;
    if (session_.whole_program && nothing_known(path.as_text())) return last;
    const std::string why = "`" + member_name() + "` in code of `" + session_.effects.name() + "`";
    Text text = path.as_text();
    if (text.view().substr(0, 7) == "file://") text = text.substr(7);
    if (walker_.dialect().has(Trait::tilde_files) && (text.view() == "~" || text.view().starts_with("~/"))) text = home_and(text.substr(1));
    if (text.view().find_first_not_of("0123456789") == std::string_view::npos) return last;  // a descriptor
    for (const Text& t : with_homes(text, session_.effects)) {
      last = kind == OpKind::write ? session_.effects.write(t, shape, content_ ? with_homes(content_->as_text(), session_.effects).front() : Text(), why) : session_.effects.file(kind, t, shape, why);
      if (last == model::kNoOperation) continue;
      if (kind == OpKind::read) out_.sources.push_back(last);
      if (kind != OpKind::write) continue;
      for (const std::uint32_t from : used_.sources) session_.effects.flow(from, last);
    }
    return last;
  }
  [[nodiscard]] std::string member_name() const { return member_; }

  void apply_file(const RoleRow& row, const Value& path) {
    if (row.kind == OpKind::read && path.is_text() && is_url(path.text.view())) return fetch(path);
    program::Shape shape{row.recursive || (row.by_flag && recursive_), false, row.certain, false, row.appends};
    (void)file(row.kind, path, shape);
    shape.moved = true;
    if (row.and_delete) (void)file(OpKind::remove, path, shape);
  }

  void open_path() {
    if (!path_) return;
    for_each(*path_, [&](const Value& p) {
      if (p.name == "#Command") return run_code(p, session_);
      if (pipes_ && p.is_text() && p.text.view().substr(0, 1) == "|") {
        session_.command = p.text.substr(1);
        return run_code(Value::of(session_.command), session_);
      }
      if (p.is_text() && is_url(p.text.view())) return fetch(p);
      const bool writes = mode_.find_first_of("waxc+?>") != std::string::npos;
      if (!writes || mode_.find_first_of("r?") != std::string::npos) (void)file(OpKind::read, p, {});
      if (writes) (void)file(OpKind::write, p, {false, false, mode_.find('?') == std::string::npos});
    });
  }

  /// perl: `open(F, '<', $p)`, `open(F, "> $p")`, `open(F, "cmd |")`, `open(F, '-|', @cmd)`.
  void perl_mode(const Value& v) {
    const bool three = call_.positional(2) != nullptr;
    const Text text = v.as_text();
    std::string_view mode = base::trim(text.view());
    if (three) {
      if (mode == "-|" || mode == "|-") return;  // the words are a command
      mode_ = mode.find('>') != std::string_view::npos || mode.find('+') != std::string_view::npos ? "w" : mode.find('<') == std::string_view::npos ? "rw?" : "r";
      path_ = *call_.positional(2);
      files_only_ = true;
      return;
    }
    const std::size_t first = text.view().find_first_not_of("<>+| ");
    const std::string_view sign = text.view().substr(0, std::min(first, text.size()));
    const std::size_t last = text.view().find_last_not_of(" |");
    if (first == std::string_view::npos || last == std::string_view::npos) return;
    const Value rest = Value::of(text.substr(first, last + 1 - first));
    if (sign.find('|') != std::string_view::npos || text.view().back() == '|') {
      session_.command = rest.text;
      return run_code(rest, session_);
    }
    mode_ = sign.find_first_of(">+") != std::string_view::npos ? "w" : v.is_text() ? "r" : "rw?";
    path_ = rest;
  }

  // --- network ---------------------------------------------------------------------------------------------------------------------

  void fetch(const Value& url) {
    model::Fetch f;
    const Value* target = &url;
    const Value* part = url.field("url");
    if (url.kind == ValueKind::list && part != nullptr) target = part;
    f.url = target->as_text();
    if (url.kind == ValueKind::list && part == nullptr) f.url = from_fields(url);
    if (const Value* m = url.field("method"); m != nullptr && m->is_text()) method_ = base::upper(m->text.view());
    if (url.name == "#Request") request_of(url);
    if (!base_.empty() && (f.url.view().substr(0, 1) == "/" || !f.url.literal())) {
      Text whole = base_;
      whole.append(f.url);
      f.url = std::move(whole);
    }
    f.host = program::host_of(f.url);
    const std::string verb = base::upper(base::split(member_, '-').front());
    const std::string plain = verb.substr(0, verb.find_last_not_of("!") + 1);
    f.method = !method_.empty() ? method_ : is_verb(plain) ? plain : body_ ? "POST" : "GET";
    f.headers = headers_;
    if (body_) {
      f.has_body = true;
      f.body = serialised(*body_).text;
    }
    const std::uint32_t index = session_.effects.fetch(std::move(f), "`" + member_ + "` in code of `" + session_.effects.name() + "`");
    used_.inherit(url);
    for (const std::uint32_t from : used_.sources) session_.effects.flow(from, index);
    out_.sources.push_back(index);
    out_.taint.network = true;
    fetched_ = index;
  }

  /// `{hostname: …, path: …}`.
  static Text from_fields(const Value& v) {
    Text out("https://");
    const Value* host = v.field("hostname") != nullptr ? v.field("hostname") : v.field("host");
    out.append(host != nullptr ? host->as_text() : Text::hole(HoleTrait::any));
    if (const Value* path = v.field("path")) out.append(path->as_text());
    return out;
  }

  void request_of(const Value& v) {
    if (const Value* b = v.field("body")) body_ = *b;
    if (const Value* h = v.field("headers")) headers_.insert(headers_.end(), h->keys.begin(), h->keys.end());
  }

  void connection(const Value& v) {
    host_ = v.kind == ValueKind::list && !v.items.empty() ? v.items.front().as_text() : v.as_text();
    if (v.kind == ValueKind::list && v.items.size() > 1) port_ = v.items[1].as_text();
    connects_ = true;
  }
  void connect() {
    Text url("tcp://");
    url.append(host_);
    url.append(":");
    url.append(port_);
    method_ = "CONNECT";
    fetch(Value::of(std::move(url)));
  }

  // --- code ------------------------------------------------------------------------------------------------------------------------

  void code(const Value& v) {
    if (v.kind == ValueKind::list) return;  // a block, which was read where it stood
    for_each(v, [&](const Value& one) { walker_.read_code(one); });
  }
  void script(const Value& v) {
    if (const auto code = code_of_url(v)) return walker_.read_code(*code);
    const Text below = behind_folder(v.as_text());
    if (!below.empty()) program::load_named(walker_.dialect().language, below, session_.change, session_.effects);
    if (!v.is_text()) return opaque("runs a file that it computes");
    // What is no code is printed (PHP) or shown by the error.
    (void)file(OpKind::read, v, {});
    for (const Text& t : with_homes(v.text, session_.effects)) session_.effects.run_file(t, walker_.dialect().language, session_.parameters, session_.change);
  }

  void finish() {
    run_flags();
    if (path_) open_path();
    else if (!files_only_) run_command();
    if (told_ && content_) tell(*told_, *content_, session_);
    if (url_) for_each_url(*url_);
    if (connects_) connect();
    for (const auto& [row, path] : files_) {
      if (fetched_ != model::kNoOperation && row->kind == OpKind::write) session_.effects.flow(fetched_, file(OpKind::write, path, {}));
      else apply_file(*row, path);
    }
    if (entered_) session_.effects.leave();
  }
  void for_each_url(const Value& v) {
    if (v.kind == ValueKind::choice) return for_each(v, [&](const Value& one) { fetch(one); });
    fetch(v);
  }
  /// `{recursive: true}`, `recursive=True`, `force`.
  void run_flags() {
    if (const Value* flag = call_.named("recursive")) recursive_ = recursive_ || truthy(*flag);
  }

  std::string member_;
  const Call& call_;
  Walker& walker_;
  Session& session_;
  Value out_, used_;
  std::vector<Value> words_;
  bool is_program_ = false, in_shell_ = false, recursive_ = false, pipes_ = false, connects_ = false, entered_ = false, files_only_ = false;
  std::vector<std::pair<const RoleRow*, Value>> files_;
  std::optional<Text> input_, upstream_;
  std::optional<Value> told_, path_, content_, url_, body_;
  std::string mode_ = "r", method_;
  std::vector<std::string> headers_;
  Text base_;
  Text host_ = Text::hole(HoleTrait::any), port_ = Text::hole(HoleTrait::none);
  std::uint32_t fetched_ = model::kNoOperation;
};

}  // namespace

Value apply_arguments(std::string_view roles, std::string_view member, const Call& call, Walker& walker) { return Arguments(member, call, walker).run(roles); }

}  // namespace belay::command::inline_code
