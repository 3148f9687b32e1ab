#include "base/text.h"
#include "command/inline/lexer.h"
#include "command/inline/readers.h"

namespace belay::command::inline_code {

namespace {

constexpr Comment kComments[] = {{"--", "\n"}, {"#", "\n"}, {"(*", "*)"}};
constexpr StringForm kStrings[] = {{"\"", "\"", Escape::c_like, Interpolation::none, true}};
constexpr Dialect kLexical{.language = "applescript", .comments = kComments, .strings = kStrings};

/// Texts joined by `&`; `quoted form of x` and other words are not known.
Value joined_texts(const Tokens& t, std::size_t& at, Session& session) {
  Text out;
  for (; at + 1 < t.all.size() && session.budget.spend(); ++at) {
    const Token& token = t.all[at];
    if (token.line_start && !out.empty()) break;
    if (token.kind == TokenKind::string) {
      out.append(token.pieces.empty() ? Text() : token.pieces.front().literal);
    } else if (token.kind == TokenKind::name && !token.named("of") && !token.named("form") && !token.named("quoted")) {
      const auto known = session.variables.find(std::string(token.text));
      out.append(known == session.variables.end() ? Text::hole(model::HoleTrait::any) : known->second.as_text());
    }
    if (token.kind != TokenKind::string && token.kind != TokenKind::name && !token.is("&") && !token.is("(") && !token.is(")"))
      break;
    const Token& next = t.all[at + 1];
    if ((token.kind == TokenKind::string || token.kind == TokenKind::name) && next.kind == TokenKind::name) {
      ++at;
      if (!next.named("of") && !next.named("form")) break;
      --at;
    }
    if (out.size() > kMostText) return {};
  }
  return Value::of(std::move(out));
}

}  // namespace

/// JavaScript for Automation: the two calls that run shell code.
void run_automation(const Text& code, Session& session) {
  for (const std::string_view call : {"doShellScript(", "$.system("}) {
    for (auto at = code.view().find(call); at != std::string_view::npos && session.budget.spend(); at = code.view().find(call, at + 1)) {
      const std::size_t quote = at + call.size();
      if (quote >= code.size() || std::string_view("\"'`").find(code.view()[quote]) == std::string_view::npos) continue;
      const std::size_t end = std::min(code.view().find(code.view()[quote], quote + 1), code.size());
      run_code(Value::of(code.substr(quote + 1, end - quote - 1)), session);
    }
  }
}

void read_applescript(const Text& code, Session& session) {
  run_automation(code, session);
  const Tokens t = cut(kLexical, {code.view(), 0}, code, session.budget);
  for (std::size_t at = 0; at + 1 < t.all.size() && session.budget.spend(); ++at) {
    const auto named = [&](std::size_t ahead, std::string_view name) {
      return at + ahead < t.all.size() && base::iequals(t.all[at + ahead].text, name);
    };
    if (named(0, "set") && named(2, "to")) {
      std::string name(t.all[at + 1].text);
      at += 3;
      Value v = joined_texts(t, at, session);
      --at;
      if (session.variables.size() < 1024) session.variables.insert_or_assign(std::move(name), std::move(v));
    } else if (named(0, "do") && (named(1, "script") || (named(1, "shell") && named(2, "script")))) {
      at += named(1, "script") ? 2U : 3U;
      run_code(joined_texts(t, at, session), session);
      --at;
    } else if (named(0, "read") && (named(1, "posix") || named(1, "file"))) {
      at += named(1, "posix") ? 3U : 2U;
      const Value path = joined_texts(t, at, session);
      --at;
      if (path.is_text()) session.effects.file(model::OpKind::read, path.text, {}, "code of `" + session.effects.name() + "`");
    } else if (named(0, "run") && named(1, "script")) {
      at += 2;
      const Value inner = joined_texts(t, at, session);
      --at;
      if (session.depth < 4 && inner.is_text() && inner.text.literal()) {
        ++session.depth;
        read_applescript(inner.text, session);
        --session.depth;
      } else {
        session.effects.opaque(model::OpaqueReason::unknown_code, "`" + session.effects.name() + "` runs code that it computes");
      }
    }
  }
}

}  // namespace belay::command::inline_code
