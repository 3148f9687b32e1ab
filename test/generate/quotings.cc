#include <functional>

#include "change.h"
#include "words.h"

namespace belay::generate {

namespace {

using Spelling = std::function<std::string(const std::string&)>;
using Whole = std::function<std::optional<std::string>(const std::vector<std::string>&)>;

/// Every literal word spelt anew; words in which something is expanded stay.
Change each_word(std::string name, const Spelling& spelling) {
  return {std::move(name), [spelling](const Command& inner) -> std::optional<Command> {
            const auto words = words_of(inner.text);
            if (!inner.simple || !words) return std::nullopt;
            std::vector<std::string> out;
            for (const Word& word : *words) out.push_back(word.literal ? spelling(*word.literal) : word.raw);
            return Command{joined(out, " "), true, false, inner.depth + 1};
          }};
}

/// The whole command said in another way, when all of its words are literal.
Change all_words(std::string name, bool simple, const Whole& whole) {
  return {std::move(name), [simple, whole](const Command& inner) -> std::optional<Command> {
            const auto words = words_of(inner.text);
            if (!inner.simple || !words) return std::nullopt;
            std::vector<std::string> literal;
            for (const Word& word : *words) {
              if (!word.literal) return std::nullopt;
              literal.push_back(*word.literal);
            }
            const auto text = whole(literal);
            if (!text) return std::nullopt;
            return Command{*text, simple, false, inner.depth + 1};
          }};
}

/// `left` and `right` around the middle of a word, each half as a shell would read it literally.
Spelling split(std::string_view between) {
  return [between](const std::string& word) {
    const std::size_t half = (word.size() + 1) / 2;
    return single_quoted(word.substr(0, half)) + std::string(between) + single_quoted(word.substr(half));
  };
}

/// Plain characters stay plain, so that a reader that looks for `rm` between blanks meets what it expects least.
std::string bare(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("-_./:,+@=").find(c) != std::string_view::npos;
    out += plain ? std::string(1, c) : single_quoted(std::string(1, c));
  }
  return out;
}
Spelling inserted(std::string_view what) {
  return [what](const std::string& word) {
    if (word.size() < 2) return single_quoted(word);
    return bare(word.substr(0, 1)) + std::string(what) + bare(word.substr(1));
  };
}

bool without_blanks(const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    if (word.empty() || word.find_first_of(" \t\n\\*?[~{}") != std::string::npos) return false;
  }
  return true;
}

std::vector<std::string> quoted_all(const std::vector<std::string>& words) {
  std::vector<std::string> out;
  for (const std::string& word : words) out.push_back(single_quoted(word));
  return out;
}

/// An assignment per word, and the words taken from the variables by `use`, a text with `@` for the name.
Whole variables(std::string_view before, std::string_view use) {
  return [before, use](const std::vector<std::string>& words) {
    std::string head;
    std::vector<std::string> uses;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::string name = "v" + std::to_string(i);
      head += name + "=" + single_quoted(std::string(before) + words[i]) + "; ";
      uses.push_back(replaced(std::string(use), "@", name));
    }
    return std::optional(head + joined(uses, " "));
  };
}

std::optional<std::string> halves(const std::vector<std::string>& words) {
  std::string head;
  std::vector<std::string> uses;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string n = std::to_string(i);
    const std::size_t half = words[i].size() / 2;
    head += "a" + n + "=" + single_quoted(words[i].substr(0, half)) + " b" + n + "=" + single_quoted(words[i].substr(half)) + "; ";
    uses.push_back("\"$a" + n + "$b" + n + "\"");
  }
  return head + joined(uses, " ");
}

Whole around(std::string_view before, std::string_view between, std::string_view after, bool blanks_too) {
  return [=](const std::vector<std::string>& words) -> std::optional<std::string> {
    if (!blanks_too && (!without_blanks(words) || words.size() < 2)) return std::nullopt;
    return std::string(before) + joined(quoted_all(words), between) + std::string(after);
  };
}

std::optional<std::string> unquoted_list(const std::vector<std::string>& words, std::string_view before, std::string_view after) {
  if (!without_blanks(words)) return std::nullopt;
  return std::string(before) + single_quoted(joined(words, " ")) + std::string(after);
}

void add_word_spellings(std::vector<Change>& out) {
  out.push_back(each_word("'word'", single_quoted));
  out.push_back(each_word("\"word\"", double_quoted));
  out.push_back(each_word("\\w\\o\\r\\d", every_backslashed));
  out.push_back(each_word("$'word' in hex", [](const std::string& w) { return ansi_quoted(w, Digits::hex); }));
  out.push_back(each_word("$'word' in octal", [](const std::string& w) { return ansi_quoted(w, Digits::octal); }));
  out.push_back(each_word("$'word' in \\u", [](const std::string& w) { return ansi_quoted(w, Digits::u4); }));
  out.push_back(each_word("$'word' in \\U", [](const std::string& w) { return ansi_quoted(w, Digits::u8); }));
  out.push_back(each_word("$\"word\"", [](const std::string& w) { return "$" + double_quoted(w); }));
  out.push_back(each_word("'wo''rd'", split("")));
  out.push_back(each_word("'wo'\"\"'rd'", split("\"\"")));
  for (const std::string_view what : {"\"\"", "''", "$''", "$()", "``", "$@", "$*", "\\\n", "\"$@\""})
    out.push_back(each_word("w" + replaced(std::string(what), "\n", "⏎") + "ord", inserted(what)));
  out.push_back(each_word("$(printf …)", [](const std::string& w) { return "\"$(printf '" + every_byte(w, Digits::octal) + "')\""; }));
  out.push_back(each_word("$(echo … | base64 -d)", [](const std::string& w) { return "\"$(echo " + base64(w) + " | base64 -d)\""; }));
  out.push_back(each_word("`echo …`", [](const std::string& w) { return "\"`printf %s " + single_quoted(escaped(w, "\\`$")) + "`\""; }));
}

void add_whole_spellings(std::vector<Change>& out) {
  out.push_back(all_words("{w,w}", true, around("{", ",", "}", false)));
  out.push_back(all_words("w${IFS}w", true, around("", "${IFS}", "", false)));
  out.push_back(all_words("w$IFS$@w", true, around("", "$IFS$@", "", false)));
  out.push_back(all_words("w⇥w", true, around("", " \t ", "", true)));
  out.push_back(all_words("w \\⏎ w", true, around("", " \\\n ", " ", true)));
  out.push_back(all_words("set -- w; \"$@\"", false, around("set -- ", " ", "; \"$@\"", true)));
  out.push_back(all_words("c=(w); \"${c[@]}\"", false, around("c=(", " ", "); \"${c[@]}\"", true)));
  out.push_back(all_words("f() { \"$@\"; }; f w", false, around("f() { \"$@\"; }; f ", " ", "", true)));
  out.push_back(all_words("eval w", false, [](const std::vector<std::string>& words) {
    return std::optional("eval " + joined(quoted_all(quoted_all(words)), " "));
  }));
  out.push_back(all_words("v=w; \"$v\"", false, variables("", "\"$@\"")));
  out.push_back(all_words("v=w; \"${v}\"", false, variables("", "\"${@}\"")));
  out.push_back(all_words("v=xw; \"${v#x}\"", false, variables("x", "\"${@#x}\"")));
  out.push_back(all_words("v=xw; \"${v:1}\"", false, variables("x", "\"${@:1}\"")));
  out.push_back(all_words("v=xxw; \"${v/xx/}\"", false, variables("xx", "\"${@/xx/}\"")));
  out.push_back(all_words("v=w; \"${v-y}\"", false, variables("", "\"${@-y}\"")));
  out.push_back(all_words("a=w b=w; \"$a$b\"", false, halves));
  out.push_back(all_words("c='w w'; $c", false, [](const auto& words) { return unquoted_list(words, "c=", "; $c"); }));
  out.push_back(all_words("read -ra c <<< …", false,
                          [](const auto& words) { return unquoted_list(words, "read -ra c <<< ", "; \"${c[@]}\""); }));
  out.push_back(all_words("$(echo w w)", false, [](const auto& words) { return unquoted_list(words, "$(echo ", ")"); }));
  out.push_back(all_words("IFS=,; $c", false, [](const std::vector<std::string>& words) -> std::optional<std::string> {
    if (!without_blanks(words) || joined(words, "").find(',') != std::string::npos) return std::nullopt;
    return "IFS=,; c=" + single_quoted(joined(words, ",")) + "; $c";
  }));
}

}  // namespace

std::vector<Change> quotings() {
  std::vector<Change> out;
  add_word_spellings(out);
  add_whole_spellings(out);
  return out;
}

}  // namespace belay::generate
