// What lib/command makes of commands, for test/confirm/values.sh. ROOT is the source tree.
//   values_dump stubs ROOT                       the programs that only note their words
//   values_dump rows ROOT FILE…                  the cases of files: see test/cases/values/README.md
//   values_dump generate ROOT SEED COUNT         cases made at random
//   values_dump lenient ROOT FILE…               the same, of which none may be wrong and none has to be exact
//   values_dump show ROOT SHELL [FILE]           what belay sees in cases (standard input: one command)
//   values_dump compare ROOT SHELL CASES LOG KNOWN     against the log of test/confirm/values_oracle.cc
// A case is one byte that says what is expected, the command, and a zero byte.
#include <charconv>
#include <cstdio>
#include <iostream>
#include <map>
#include <string>

#include "values_generate.h"
#include "values_match.h"
#include "values_view.h"

namespace belay::values {

namespace {

struct Case {
  char expected = 'g';  ///< ` ` exact, `~` a superset will do, `?` a hole will do, `g` made at random
  std::string command;
};

std::vector<Case> cases_of(const std::string& records) {
  std::vector<Case> out;
  for (std::size_t begin = 0; begin < records.size();) {
    const std::size_t end = std::min(records.find('\0', begin), records.size());
    out.push_back({records[begin], records.substr(begin + 1, end - begin - 1)});
    begin = end + 1;
  }
  return out;
}

void print(const Case& one) { std::cout << one.expected << one.command << '\0'; }

/// One line of a file of rows; `⏎` stands for a newline.
void print_row(std::string_view line, bool lenient) {
  if (line.empty() || line.starts_with("#")) return;
  Case one{' ', {}};
  if (line.starts_with("~ ") || line.starts_with("? ")) {
    one.expected = line.front();
    line.remove_prefix(2);
  }
  if (lenient) one.expected = 'g';
  one.command = line;
  constexpr std::string_view kNewline = "⏎";
  for (auto at = one.command.find(kNewline); at != std::string::npos; at = one.command.find(kNewline))
    one.command.replace(at, kNewline.size(), "\n");
  print(one);
}

std::string shown(std::string_view text) {
  std::string out = "‹";
  for (const char c : text) {
    if (c == '\n') out += "⏎";
    else out += c;
  }
  return out + "›";
}

std::string shown(const Seen& seen) {
  if (!seen.opaque.empty()) return "    opaque " + seen.opaque;
  std::string out = "   ";
  for (const Text& word : seen.words) out += " " + shown(word.display());
  return out;
}

/// Lines `COUNT LENGTH…` with the words behind them, `# N`, `! N`.
class Log {
 public:
  explicit Log(std::string text) : text_(std::move(text)) {
    while (at_ < text_.size()) entry();
  }
  [[nodiscard]] const std::vector<Call>& calls(std::size_t number) const {
    static const std::vector<Call> kNone;
    return number < cases_.size() ? cases_[number].calls : kNone;
  }
  [[nodiscard]] bool late(std::size_t number) const { return number < cases_.size() && cases_[number].late; }
  [[nodiscard]] std::size_t size() const { return cases_.size(); }

 private:
  struct Entry {
    std::vector<Call> calls;
    bool late = false;
  };

  std::size_t number() {
    std::size_t value = 0;
    const char* const begin = text_.data() + at_;
    at_ += static_cast<std::size_t>(std::from_chars(begin, text_.data() + text_.size(), value).ptr - begin) + 1;
    return value;
  }
  void entry() {
    const char kind = text_[at_];
    if (kind == '#' || kind == '!') {
      at_ += 2;
      static_cast<void>(number());
      if (kind == '#') cases_.emplace_back();
      else cases_.back().late = true;
      return;
    }
    std::vector<std::size_t> lengths(number());
    for (std::size_t& length : lengths) length = number();
    Call call;
    for (const std::size_t length : lengths) {
      call.push_back(text_.substr(at_, length));
      at_ += length;
    }
    ++at_;
    if (!call.empty() && call.front().ends_with("not_found")) call.erase(call.begin());
    cases_.back().calls.push_back(std::move(call));
  }

  std::string text_;
  std::size_t at_ = 0;
  std::vector<Entry> cases_;
};

/// Commands that are accepted to differ: a command a line, its reason in the comment above it.
std::map<std::string, bool> known_from(const std::string& path) {
  std::map<std::string, bool> out;
  const std::string text = slurp(path);
  for (const std::string_view line : base::split(text, '\n')) {
    if (!line.empty() && line.front() != '#') out.emplace(line, false);
  }
  return out;
}

std::string one_line(const std::string& command) {
  const std::string text = shown(command);
  constexpr std::size_t kMark = std::string_view("‹").size();
  return text.substr(kMark, text.size() - 2 * kMark);
}

class Comparison {
 public:
  Comparison(Viewer& viewer, const Log& log, std::map<std::string, bool> known)
      : viewer_(viewer), log_(log), known_(std::move(known)) {}

  void take(std::size_t number, const Case& one) {
    std::vector<Seen> seen = viewer_.calls(one.command);
    std::vector<Call> calls = log_.calls(number);
    if (one.expected == 'g' && viewer_.shell() != "bash") names_only(seen, calls);
    const Grade found = log_.late(number) ? Grade::wrong : grade(one.command, seen, calls);
    ++counts_[one.expected == 'g' ? 1 : 0][static_cast<std::size_t>(found)];
    const Grade wanted = one.expected == ' ' ? Grade::exact : one.expected == '~' ? Grade::superset : Grade::hole;
    const bool right = one.expected == 'g' ? found <= wanted : found == wanted;
    if (right) return;
    if (const auto entry = known_.find(one_line(one.command)); entry != known_.end()) {
      entry->second = true;
      return;
    }
    ++failed_;
    report(one, found, wanted, seen, calls, log_.late(number));
  }

  /// Exit status. The generated ones must mostly be exact: an evaluator that knows nothing is never wrong.
  int finish() {
    for (const auto& [command, used] : known_) {
      if (!used) std::cout << "no longer different: " << command << '\n', ++failed_;
    }
    line("rows", counts_[0]);
    const std::size_t generated = line("generated", counts_[1]);
    std::cout << known_.size() << " accepted differences, " << failed_ << " failures\n";
    const std::size_t least = viewer_.shell() == "bash" ? kLeastExactPercent : kLeastExactPercentOfOthers;
    const bool knows = counts_[1][0] * 100 >= generated * least;
    if (!knows) std::cout << "fewer than " << least << " % of the generated ones are exact\n";
    return failed_ == 0 && knows ? 0 : 1;
  }

 private:
  static constexpr std::size_t kLeastExactPercent = 70;
  static constexpr std::size_t kLeastExactPercentOfOthers = 20;  // of texts that are made for bash
  using Counts = std::array<std::size_t, 4>;

  /// Of what was written for bash, another shell makes other words now and then; which programs start is foreseen all the same.
  static void names_only(std::vector<Seen>& seen, std::vector<Call>& calls) {
    for (Seen& one : seen) one.words.resize(std::min<std::size_t>(one.words.size(), 1));
    for (Call& one : calls) one.resize(std::min<std::size_t>(one.size(), 1));
  }

  static std::size_t line(std::string_view what, const Counts& counts) {
    std::size_t all = 0;
    for (const std::size_t count : counts) all += count;
    std::cout << all << ' ' << what << ':';
    for (std::size_t i = 0; i < counts.size(); ++i) std::cout << ' ' << counts[i] << ' ' << kGradeNames[i];
    std::cout << '\n';
    return all;
  }

  static void report(const Case& one, Grade found, Grade wanted, const std::vector<Seen>& seen, const std::vector<Call>& calls,
                     bool late) {
    std::cout << kGradeNames[static_cast<std::size_t>(found)]
              << (one.expected == 'g' ? "" : std::string(", expected ") + kGradeNames[static_cast<std::size_t>(wanted)]) << ": "
              << one_line(one.command) << "\n  the shell:" << (late ? " did not end in time" : "") << '\n';
    for (const Call& call : calls) {
      std::cout << "   ";
      for (const std::string& word : call) std::cout << ' ' << shown(word);
      std::cout << '\n';
    }
    std::cout << "  belay:\n";
    for (const Seen& each : seen) std::cout << shown(each) << '\n';
  }

  Viewer& viewer_;
  const Log& log_;
  std::map<std::string, bool> known_;
  std::array<Counts, 2> counts_{};
  std::size_t failed_ = 0;
};

int compare(Viewer& viewer, const std::string& cases_path, const std::string& log_path, const std::string& known_path) {
  const std::vector<Case> cases = cases_of(slurp(cases_path));
  const Log log(slurp(log_path));
  if (log.size() != cases.size()) return std::cout << "the shell ran " << log.size() << " of " << cases.size() << " cases\n", 1;
  Comparison comparison(viewer, log, known_from(known_path));
  for (std::size_t i = 0; i < cases.size(); ++i) comparison.take(i, cases[i]);
  return comparison.finish();
}

void show(Viewer& viewer, const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    std::cout << one_line(one.command) << '\n';
    for (const Seen& seen : viewer.calls(one.command)) std::cout << shown(seen) << '\n';
  }
}

int run(const std::vector<std::string>& args) {
  const std::string_view mode = args.size() > 1 ? std::string_view(args[0]) : std::string_view();
  if (mode == "stubs") {
    for (const char* const name : kStubs) std::cout << name << '\n';
  } else if (mode == "rows" || mode == "lenient") {
    for (std::size_t i = 2; i < args.size(); ++i) {
      const std::string text = slurp(args[i]);
      for (const std::string_view line : base::split(text, '\n')) print_row(line, mode == "lenient");
    }
  } else if (mode == "generate" && args.size() == 4) {
    Generator generator(std::stoull(args[2]));
    for (std::uint64_t n = std::stoull(args[3]); n > 0; --n) print({'g', generator.command()});
  } else if (mode == "show") {
    Viewer viewer(args[1], args.at(2));
    if (args.size() > 3) show(viewer, cases_of(slurp(args[3])));
    else show(viewer, {{'g', std::string(std::istreambuf_iterator<char>(std::cin), {})}});
  } else if (mode == "compare" && args.size() == 6) {
    Viewer viewer(args[1], args[2]);
    return compare(viewer, args[3], args[4], args[5]);
  } else {
    return std::cerr << "usage: values_dump stubs|rows|generate|show|compare ROOT …\n", 2;
  }
  return 0;
}

}  // namespace

}  // namespace belay::values

int main(int argc, char** argv) {
  try {
    return belay::values::run({argv + 1, argv + argc});
  } catch (const std::exception& fault) {
    std::cerr << "values_dump: " << fault.what() << '\n';
    return 1;
  }
}
