#include "command/program/patch_call.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace belay::command::program {

namespace {

struct ProgramRow {
  std::string_view name;
  int strip;
  bool lenient;
  std::string_view values;  ///< letters of options that have one
};
constexpr std::string_view kPatchValues = "pidorzBFDVgYx";
constexpr std::array kPrograms{ProgramRow{"patch", -1, true, kPatchValues}, ProgramRow{"gpatch", -1, true, kPatchValues},
                               ProgramRow{"git", 1, false, "pCcS"}, ProgramRow{"svn", 0, false, "rmF"},
                               ProgramRow{"hg", 1, false, "pbmlduRs"}};

/// The words of one call.
class CallReader {
 public:
  CallReader(const ProgramRow& row, std::span<const Text> words) : row_(row), words_(words) {
    out_.strip = row.strip;
    out_.lenient = row.lenient;
  }

  PatchCall run() {
    for (; at_ < words_.size(); ++at_) {
      const std::string_view v = words_[at_].view();
      if (v.starts_with("--")) named(words_[at_]);
      else if (v.size() > 1 && v.front() == '-') letters(words_[at_]);
      else if (out_.lenient && out_.file.empty()) out_.file = words_[at_];
    }
    return std::move(out_);
  }

 private:
  Text value(const Text& word, std::size_t begin) {
    if (begin < word.size()) return word.substr(begin);
    return at_ + 1 < words_.size() ? words_[++at_] : Text();
  }

  void named(const Text& word) {
    const std::size_t equals = std::min(word.view().find('='), word.size());
    const std::string_view name = word.view().substr(0, equals);
    const auto is = [&](std::string_view whole) { return whole.starts_with(name) && (name.size() > 4 || name.size() == whole.size()); };
    if (is("--reverse") || is("--reverse-diff")) out_.reverse = true;
    else if (is("--ed")) out_.ed = out_.lenient;
    else if (is("--strip")) strip(value(word, equals + 1));
    else if (is("--output") && out_.lenient) out_.file = value(word, equals + 1);
    else if (is("--directory") && !out_.lenient) out_.folder = value(word, equals + 1);
    else if (equals == word.size() && out_.lenient && (is("--input") || is("--directory"))) ++at_;
  }

  void letters(const Text& word) {
    for (std::size_t i = 1; i < word.size(); ++i) {
      const char c = word.view()[i];
      if (c == 'R' && row_.values.find('R') == std::string_view::npos) out_.reverse = true;
      if (c == 'e' && out_.lenient) out_.ed = true;
      if (row_.values.find(c) == std::string_view::npos) continue;
      const Text given = value(word, i + 1);
      if (c == 'p') strip(given);
      if (c == 'o') out_.file = given;
      return;
    }
  }

  void strip(const Text& number) {
    const std::string_view v = number.view();
    (void)std::from_chars(v.data(), v.data() + v.size(), out_.strip);
  }

  const ProgramRow& row_;
  std::span<const Text> words_;
  std::size_t at_ = 1;
  PatchCall out_;
};

bool is_octal(char c) { return c >= '0' && c <= '7'; }

/// The text in quotes that begins at `begin`, behind the first of them; `begin` is put behind the last.
Text unquoted(const Text& written, std::size_t& begin) {
  constexpr std::string_view kLetters = "abtnvfr";
  constexpr std::string_view kMeant = "\a\b\t\n\v\f\r";
  const std::string_view v = written.view();
  Text out;
  for (; begin < v.size() && v[begin] != '"'; ++begin) {
    if (v[begin] != '\\' || begin + 1 == v.size()) {
      out.append(written.substr(begin, 1));
      continue;
    }
    const char c = v[++begin];
    const auto letter = kLetters.find(c);
    if (is_octal(c)) {
      int byte = 0;
      std::size_t digits = 0;
      for (; digits < 3 && begin < v.size() && is_octal(v[begin]); ++digits) byte = byte * 8 + (v[begin++] - '0');
      --begin;
      out.append(std::string(1, static_cast<char>(byte)));
    } else {
      out.append(std::string(1, letter == std::string_view::npos ? c : kMeant[letter]));
    }
  }
  begin = std::min(begin + 1, v.size());
  return out;
}

}  // namespace

PatchCall patch_call(const Effects& effects) {
  const auto* const row =
      std::find_if(kPrograms.begin(), kPrograms.end(), [&](const ProgramRow& r) { return r.name == effects.name(); });
  return row == kPrograms.end() ? PatchCall() : CallReader(*row, effects.invocation().argv).run();
}

Text patch_name(const PatchCall& call, const Text& written, int less) {
  const std::string_view v = written.view();
  std::size_t begin = 0;
  for (int left = call.strip < 0 ? -1 : std::max(call.strip - less, 0); left != 0; --left) {
    const std::size_t slash = v.find('/', begin);
    if (slash == std::string_view::npos) break;
    begin = std::min(v.find_first_not_of('/', slash), v.size());
  }
  Text out = call.folder;
  if (!out.empty()) out.append("/");
  out.append(written.substr(begin));
  return out;
}

PatchSide patch_side(const PatchCall& call, const Text& written) {
  std::size_t begin = written.view().find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  Text name;
  std::size_t end = begin;
  if (written.view()[begin] == '"') {
    end = begin + 1;
    name = unquoted(written, end);
  } else {
    const std::size_t tab = written.view().find('\t', begin);
    end = tab != std::string_view::npos || !call.lenient ? tab : written.view().find(' ', begin);
    end = std::min(end, written.size());
    name = written.substr(begin, end - begin);
  }
  if (name.view() == "/dev/null") return {{}, true};
  const std::string_view time = written.view().substr(end);
  const bool beginning = time.find("1970-01-01") != std::string_view::npos || time.find("1969-12-31") != std::string_view::npos;
  return {patch_name(call, name), beginning};
}

Text git_name(const PatchCall& call, const Text& written) {
  if (written.view().starts_with('"')) {
    std::size_t at = 1;
    return patch_name(call, unquoted(written, at));
  }
  const std::size_t half = written.size() / 2;
  const std::string_view one = written.view().substr(0, half);
  const bool twice =
      written.size() % 2 == 1 && written.view()[half] == ' ' &&
      one.substr(std::min(one.find('/'), one.size())) == written.view().substr(half + 1 + std::min(one.find('/'), one.size()));
  return twice ? patch_name(call, written.substr(0, half)) : Text();
}

}  // namespace belay::command::program
