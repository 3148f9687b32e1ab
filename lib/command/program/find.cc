#include <algorithm>
#include <array>
#include <optional>

#include "base/budget.h"
#include "base/text.h"
#include "command/output/lines.h"
#include "command/program/items.h"
#include "command/program/describe.h"
#include "command/program/grammars.h"
#include "command/program/roles.h"
#include "command/output/searched_names.h"
#include "path/path.h"

/// find(1): start paths, then an expression of tests and actions (POSIX find, GNU findutils manual).
namespace belay::command::program {

namespace {

using model::HoleTrait;
using model::OpKind;

enum class Primary : std::uint8_t { flag, test, name, exec, remove, print, list, write_file, read_file, format_file, depth, limit };
struct PrimaryRow {
  std::string_view name;
  Primary kind;
  bool value;
};
constexpr std::array kPrimaries{
    PrimaryRow{"-name", Primary::name, true},         PrimaryRow{"-iname", Primary::name, true},        PrimaryRow{"-path", Primary::name, true},
    PrimaryRow{"-ipath", Primary::name, true},        PrimaryRow{"-wholename", Primary::name, true},    PrimaryRow{"-iwholename", Primary::name, true},
    PrimaryRow{"-regex", Primary::name, true},        PrimaryRow{"-iregex", Primary::name, true},       PrimaryRow{"-lname", Primary::name, true},
    PrimaryRow{"-ilname", Primary::name, true},       PrimaryRow{"-samefile", Primary::name, true},     PrimaryRow{"-inum", Primary::name, true},
    PrimaryRow{"-empty", Primary::name, false},       PrimaryRow{"-xtype", Primary::name, true},        PrimaryRow{"-type", Primary::test, true},
    PrimaryRow{"-size", Primary::test, true},         PrimaryRow{"-user", Primary::test, true},         PrimaryRow{"-group", Primary::test, true},
    PrimaryRow{"-uid", Primary::test, true},          PrimaryRow{"-gid", Primary::test, true},          PrimaryRow{"-perm", Primary::test, true},
    PrimaryRow{"-newer", Primary::test, true},        PrimaryRow{"-anewer", Primary::test, true},       PrimaryRow{"-cnewer", Primary::test, true},
    PrimaryRow{"-mtime", Primary::test, true},        PrimaryRow{"-atime", Primary::test, true},        PrimaryRow{"-ctime", Primary::test, true},
    PrimaryRow{"-mmin", Primary::test, true},         PrimaryRow{"-amin", Primary::test, true},         PrimaryRow{"-cmin", Primary::test, true},
    PrimaryRow{"-used", Primary::test, true},         PrimaryRow{"-links", Primary::test, true},        PrimaryRow{"-fstype", Primary::test, true},
    PrimaryRow{"-context", Primary::test, true},      PrimaryRow{"-readable", Primary::test, false},    PrimaryRow{"-writable", Primary::test, false},
    PrimaryRow{"-executable", Primary::test, false},  PrimaryRow{"-nouser", Primary::test, false},      PrimaryRow{"-nogroup", Primary::test, false},
    PrimaryRow{"-false", Primary::name, false},       PrimaryRow{"-regextype", Primary::flag, true},    PrimaryRow{"-printf", Primary::print, true},
    PrimaryRow{"-maxdepth", Primary::limit, true},    PrimaryRow{"-mindepth", Primary::depth, true},    PrimaryRow{"-exec", Primary::exec, false},
    PrimaryRow{"-execdir", Primary::exec, false},     PrimaryRow{"-ok", Primary::exec, false},          PrimaryRow{"-okdir", Primary::exec, false},
    PrimaryRow{"-delete", Primary::remove, false},    PrimaryRow{"-fprint", Primary::write_file, true}, PrimaryRow{"-fprint0", Primary::write_file, true},
    PrimaryRow{"-print", Primary::print, false},      PrimaryRow{"-print0", Primary::print, false},     PrimaryRow{"-ls", Primary::list, false},
    PrimaryRow{"-fls", Primary::write_file, true},    PrimaryRow{"-fprintf", Primary::format_file, true}, PrimaryRow{"-files0-from", Primary::read_file, true},
};

PrimaryRow primary(std::string_view word) {
  for (const PrimaryRow& row : kPrimaries) {
    if (row.name == word) return row;
  }
  const bool newer = word.substr(0, 6) == "-newer" && word.size() == 8;  // -newerXY
  return {word, newer ? Primary::test : Primary::flag, newer};
}

/// Which files an action is reached by.
struct Filter {
  std::vector<Text> names;  ///< of which it has one; empty: no name is asked for
  std::vector<Text> patterns;  ///< what they were made of
  std::vector<Text> paths;  ///< globs of whole paths, of which one holds; the same
  bool by_name = false;     ///< some test picks single files
  bool tested = false;      ///< some other test holds (type, age, size)
  bool below_start = false; ///< never the start path itself

  [[nodiscard]] bool takes_all() const { return !by_name && !tested; }
};

/// How deep a search goes: with `-maxdepth` no further than that, wherever in the expression it stands.
enum class Reach : std::uint8_t { start, folder, deep };

struct Action {
  Primary kind = Primary::remove;
  bool in_folder = false;  ///< -execdir, -okdir
  std::size_t begin = 0;   ///< arguments of the wrapped command
  std::size_t end = 0;
  Filter filter;
  Text text = {};  ///< format of what is printed, and into which file; empty: a line, standard output
  Text file = {};
};

/// Reads the expression: operators by recursive descent, so that each action knows the tests before it.
class Expression {
 public:
  Expression(std::span<const Text> arguments, std::size_t at) : arguments_(arguments), at_(at) {}

  void read() {
    const Filter filter = alternatives({}, 0);
    const bool acts = std::any_of(options.begin(), options.end(), [](const ReadOption& o) { return !is_silent(primary(o.written).kind); });
    if (!acts) add({Primary::print, false, 0, 0, filter});
  }
  std::vector<Action> actions;
  std::vector<ReadOption> options;
  std::vector<std::pair<Primary, Text>> files;
  Reach reach = Reach::deep;
  [[nodiscard]] bool over() const { return budget_.empty(); }

 private:
  static constexpr int kMaxNesting = 64;
  static constexpr std::uint64_t kMostWork = 1U << 22U;  ///< names that are copied and compared

  /// Without an action of another kind everything that is found is printed.
  static bool is_silent(Primary kind) { return kind == Primary::flag || kind == Primary::test || kind == Primary::name || kind == Primary::depth || kind == Primary::limit || kind == Primary::read_file; }

  [[nodiscard]] std::string_view word() const { return arguments_[at_].view(); }
  [[nodiscard]] bool more() const { return at_ < arguments_.size() && !budget_.empty(); }

  /// a -o b, a , b: what follows is restricted by either.
  Filter alternatives(const Filter& outer, int depth) {
    Filter all = sequence(outer, depth);
    while (more() && (word() == "-o" || word() == "-or" || word() == ",")) {
      ++at_;
      const Filter other = sequence(outer, depth);
      const bool everything = all.takes_all() || other.takes_all();
      all.tested = !everything && (all.tested || other.tested || all.by_name != other.by_name);
      all.by_name = all.by_name && other.by_name;
      all.below_start = all.below_start && other.below_start;
      join(all.names, other.names);
      join(all.patterns, other.patterns);
      join(all.paths, other.paths);
    }
    return all;
  }

  /// One of these or of those; without some on one side, anything. Each once: groups that follow one another would double them every time.
  void join(std::vector<Text>& these, const std::vector<Text>& those) {
    if (these.empty() || those.empty()) return these.clear();
    for (const Text& one : those) {
      if (!budget_.spend(these.size())) return;
      if (std::find(these.begin(), these.end(), one) == these.end()) these.push_back(one);
    }
  }

  static std::size_t weight(const Filter& filter) { return 1 + filter.names.size() + filter.patterns.size() + filter.paths.size(); }

  void add(Action action) {
    if (budget_.spend(weight(action.filter))) actions.push_back(std::move(action));
  }

  Filter sequence(Filter filter, int depth) {
    bool negated = false;
    while (more()) {
      const std::string_view w = word();
      if (w == "-o" || w == "-or" || w == "," || w == ")") break;
      if (w == "!" || w == "-not") {
        negated = !negated;
        ++at_;
      } else if (w == "-a" || w == "-and") {
        ++at_;
      } else if (w == "(") {
        ++at_;
        if (!budget_.spend(depth < kMaxNesting ? weight(filter) : kMostWork + 1)) return filter;
        const Filter group = alternatives(filter, depth + 1);
        if (negated) filter.tested = true;
        else filter = group;
        if (more() && word() == ")") ++at_;
        negated = false;
      } else {
        test(filter, negated);
        negated = false;
      }
    }
    return filter;
  }

  void test(Filter& filter, bool negated) {
    const PrimaryRow row = primary(word());
    const std::size_t start = at_++;
    std::optional<Text> value;
    if (row.value && more()) value = arguments_[at_++];
    if (row.kind == Primary::exec) return command(filter, arguments_[start].view());
    options.push_back({0, kUnknownOption, std::string(row.name), value.has_value(), value.value_or(Text()), static_cast<std::uint32_t>(start)});
    if (row.kind == Primary::remove) add({Primary::remove, false, 0, 0, filter});
    if (row.kind == Primary::print) add({Primary::print, false, 0, 0, filter, value.value_or(Text())});
    if (row.kind == Primary::depth) filter.below_start = filter.below_start || !value || value->view() != "0";
    if (row.kind == Primary::limit && value) reach = value->view() == "0" ? Reach::start : value->view() == "1" ? Reach::folder : Reach::deep;
    // All files and no folder are nearly everything, and so is what is left without one name.
    const bool all_files = row.name == "-type" && value && (value->view() == "f" || value->view() == "f,d" || value->view() == "d,f") && !negated;
    if ((row.kind == Primary::test && !all_files) || (negated && row.kind == Primary::name && !(value && names_one(row.name, value->view())))) filter.tested = true;
    if (row.name == "-type" && value && value->view() != "d") filter.below_start = true;
    if (row.kind == Primary::name && !negated) narrow(filter, row.name, value);
    if (row.kind == Primary::write_file && row.name != "-fls" && value) add({Primary::print, false, 0, 0, filter, {}, *value});
    else if (value && row.kind == Primary::format_file && more()) add({Primary::print, false, 0, 0, filter, arguments_[at_++], *value});
    else if (value && (row.kind == Primary::write_file || row.kind == Primary::read_file)) files.emplace_back(row.kind, *value);
  }

  /// `-name .git`, `-path './.git/*'`: one thing, and what lies below it.
  static bool names_one(std::string_view test_name, std::string_view value) {
    if (value.ends_with("/*")) value.remove_suffix(2);
    const bool names = test_name == "-name" || test_name == "-iname" || test_name == "-path" || test_name == "-ipath" || test_name == "-wholename";
    return names && value.find_first_of("*?[\\") == std::string_view::npos;
  }

  static void narrow(Filter& filter, std::string_view test_name, const std::optional<Text>& value) {
    const bool plain = (test_name == "-name" || test_name == "-iname") && value;
    if (plain && value->view() == "*") return;  // picks everything
    filter.by_name = true;
    if (plain) filter.names = names_of_glob(*value);
    if (plain) filter.patterns.assign(1, *value);
    filter.tested = filter.tested || (!plain && !filter.paths.empty());
    if (!plain) filter.paths.clear();
    if (value && (test_name == "-path" || test_name == "-ipath" || test_name == "-wholename" || test_name == "-iwholename"))
      filter.paths.push_back(*value);
    const auto glob = value && (test_name == "-regex" || test_name == "-iregex") && value->literal()
                          ? glob_of_regex(value->view(), true)
                          : std::nullopt;
    if (glob) filter.paths.emplace_back(*glob);
    if (!plain && filter.paths.empty()) filter.names.clear(), filter.patterns.clear();
  }

  void command(const Filter& filter, std::string_view name) {
    const std::size_t begin = at_;
    while (more() && word() != ";" && !(word() == "+" && at_ > begin && arguments_[at_ - 1].view() == "{}")) ++at_;
    add({Primary::exec, name == "-execdir" || name == "-okdir", begin, at_, filter});
    options.push_back({0, kUnknownOption, std::string(name), false, {}, static_cast<std::uint32_t>(begin)});
    if (more()) ++at_;
  }

  std::span<const Text> arguments_;
  std::size_t at_;
  base::Budget budget_{kMostWork};  ///< when it is empty, nothing more is read
};

class Find {
 public:
  Find(std::span<const Text> arguments, Effects& effects) : arguments_(arguments), effects_(effects) {}

  void run() {
    const std::size_t expression = starts();
    Expression e(arguments_, expression);
    e.read();
    reach_ = e.reach;
    exec(e);
    if (e.over()) effects_.opaque(model::OpaqueReason::limit, "an expression of `find` that is too long or nested too deeply");
    for (const auto& [kind, path] : e.files) {
      effects_.file(kind == Primary::read_file ? OpKind::read : OpKind::write, path, {}, "argument of `find`");
    }
    const bool lists = std::any_of(e.options.begin(), e.options.end(), [](const ReadOption& o) { return primary(o.written).kind == Primary::list; });
    for (const Action& action : e.actions) {
      if (action.kind == Primary::print) {
        if (!lists) print(action);
        continue;
      }
      for (const Text& start : starts_) act(action, start);
    }
  }

 private:
  std::size_t starts() {
    std::size_t at = 0;
    for (; at < arguments_.size(); ++at) {
      const std::string_view v = arguments_[at].view();
      if (v == "-H" || v == "-L" || v == "-P" || v.substr(0, 2) == "-O") continue;
      if (v == "-D") {
        ++at;
        continue;
      }
      if (v == "(" || v == "!" || (v.size() > 1 && v[0] == '-')) break;
      starts_.push_back(arguments_[at]);
    }
    if (starts_.empty()) starts_.emplace_back(".");
    return std::min(at, arguments_.size());
  }

  void exec(Expression& e) {
    Reading reading;
    reading.blocks.emplace_back();
    reading.whole_options = true;
    reading.options = std::move(e.options);
    for (const Text& start : starts_) reading.operands.push_back({start, Role::word, {}, false, 0});
    // The wrapped commands are operations of their own; the line ends where the first one begins.
    reading.arguments = e.actions.empty() || e.actions.front().kind != Primary::exec ? arguments_ : arguments_.first(e.actions.front().begin);
    model::Exec exec = describe(reading, effects_.name(), Text(effects_.name()));
    effects_.exec(std::move(exec));
  }

  static Text below(const Text& start, const Text& name) {
    Text out = start;
    if (out.view().empty() || out.view().back() != '/') out.append("/");
    out.append(name);
    return out;
  }

  /// Any folder below where a search starts; each of them, when nothing but names is asked for.
  static Text folders(const Filter& filter) {
    return Text::hole(HoleTrait::slash | HoleTrait::blank | (filter.tested ? HoleTrait::none : HoleTrait::each));
  }

  /// The paths that a glob of whole paths picks: its first `*` is the start, and folders or none.
  static std::vector<Text> picked(const Filter& filter, const Text& glob, const Text& start) {
    const bool all = !filter.tested && filter.names.empty();
    const HoleTrait open =
        HoleTrait::slash | (filter.tested ? HoleTrait::none : HoleTrait::each) | (all ? HoleTrait::glob : HoleTrait::none);
    if (!glob.view().starts_with('*')) return {text_of_glob(glob, open)};
    const bool component = glob.view().starts_with("*/");
    const Text rest = text_of_glob(glob.substr(component ? 2 : 1), open);
    Text deeper = below(start, folders(filter));
    if (component) deeper.append("/");
    deeper.append(rest);
    return {below(start, rest), std::move(deeper)};
  }

  /// The same of which the name is asked for as well.
  static void pick_named(const Filter& filter, const Text& start, std::vector<Text>& out) {
    for (const Text& glob : filter.paths) {
      // What a pattern asks for that may begin anywhere is nearly as good as no pattern.
      for (const Text& name : filter.names) {
        if (glob.view().starts_with('*')) out.push_back(below(below(start, folders(filter)), name));
      }
      if (!glob.view().ends_with('*')) continue;
      for (const Text& folder : picked(filter, glob.substr(0, glob.size() - 1), start)) {
        for (const Text& name : filter.names) {
          if (folder.view().ends_with('/')) out.push_back(below(folder, name));
          Text between = folder;
          between.append(folders(filter));
          out.push_back(below(between, name));
        }
      }
    }
  }

  /// Paths of the files that a filter lets through.
  std::vector<Text> candidates(const Filter& filter, const Text& start) const {
    std::vector<Text> out;
    if (reach_ == Reach::start) return out;
    if (!filter.paths.empty() && !filter.names.empty()) {
      pick_named(filter, start, out);
      return out;
    }
    for (const Text& glob : filter.paths) {
      for (Text& path : picked(filter, glob, start)) out.push_back(std::move(path));
    }
    if (filter.names.empty() && filter.paths.empty()) {
      const HoleTrait all = filter.by_name ? HoleTrait::none : filter.tested ? HoleTrait::each : HoleTrait::each | HoleTrait::glob;
      out.push_back(below(start, Text::hole(HoleTrait::blank | all | (reach_ == Reach::folder ? HoleTrait::none : HoleTrait::slash))));
      // And as `*` would name them: what may be excused by its name is no excuse for the rest.
      if (reach_ == Reach::folder) out.push_back(below(start, Text::hole(HoleTrait::blank | (filter.takes_all() ? HoleTrait::glob : HoleTrait::none))));
    }
    for (const Text& name : filter.names) {
      // In the folder itself, and anywhere below it.
      out.push_back(below(start, name));
      if (reach_ == Reach::deep) out.push_back(below(below(start, folders(filter)), name));
    }
    return out;
  }

  /// Of where the search starts itself.
  static bool meets_start(const Filter& filter, const Text& start) {
    if (filter.below_start) return false;
    const Text name = last_component(start);
    return !filter.by_name || (filter.paths.empty() && std::any_of(filter.patterns.begin(), filter.patterns.end(), [&](const Text& pattern) {
             return path::match_plain(pattern.view(), name) != model::Truth::no;
           }));
  }

  void act(const Action& action, const Text& start) {
    if (action.kind == Primary::remove) return remove(action.filter, start);
    if (meets_start(action.filter, start)) command(action, start);
    for (const Text& path : candidates(action.filter, start)) command(action, path);
    if (action.in_folder) in_folder(action, start);
  }

  /// A line for each path; what a format says of it besides its names is not known. No text can hold the NUL of `-print0`: whoever reads names that end in one takes a
  /// newline as well.
  void print(const Action& action) {
    constexpr std::size_t kMost = 64 * 1024;
    Text all;
    for (const Text& start : starts_) {
      if (meets_start(action.filter, start)) all.append(line(action, start, start));
      for (const Text& path : candidates(action.filter, start)) {
        if (all.size() + action.text.size() > kMost) return effects_.opaque(model::OpaqueReason::limit, "`find` prints more than is looked at");
        all.append(line(action, path, start));
      }
    }
    if (action.file.empty()) effects_.printed(all, true, {});
    else (void)effects_.write(action.file, {}, all, "argument of `find`");
  }

  static Text line(const Action& action, const Text& path, const Text& start) {
    const Text format = action.text.empty() ? Text("%p\\n") : action.text;
    Text out;
    const std::string_view v = format.view();
    for (std::size_t i = 0; i < v.size(); ++i) {
      if (v[i] == '\\' && i + 1 < v.size()) {
        ++i;
        out.append(v[i] == 'n' || v[i] == '0' ? "\n" : v[i] == 't' ? "\t" : v.substr(i, 1));
      } else if (v[i] != '%' || i + 1 == v.size()) {
        out.append(format.substr(i, 1));
      } else if (i = std::min(v.find_first_not_of("-+ 0123456789.", i + 1), v.size() - 1); v[i] == 'p') {
        out.append(path);
      } else if (v[i] == 'f' || v[i] == 'h') {
        out.append(v[i] == 'f' ? last_component(path) : before_last_component(path));
      } else if (v[i] == 'P') {
        out.append(path.substr(std::min(path.size(), start.size() + (start.view().ends_with('/') ? 0 : 1))));
      } else {
        out.append_hole(HoleTrait::blank);
      }
    }
    return out;
  }

  /// `-execdir`: what is named without `{}` lies beside what was found, in the folder where the search starts or deeper.
  void in_folder(const Action& action, const Text& start) {
    const auto words = arguments_.subspan(action.begin, action.end - action.begin);
    if (std::ranges::any_of(words, [](const Text& word) { return word.view().find("{}") != std::string_view::npos; })) return;
    effects_.enter(start);
    command(action, start);
    effects_.leave();
  }

  void remove(const Filter& filter, const Text& start) {
    if (!filter.by_name && reach_ == Reach::deep) {
      const Shape shape{true, filter.below_start, !filter.tested};
      effects_.file(OpKind::remove, start, shape, filter.tested ? "`find -delete` with a test" : "`find -delete`");
      return;
    }
    if (reach_ == Reach::start && meets_start(filter, start)) effects_.file(OpKind::remove, start, {}, "`find -delete`");
    for (const Text& path : candidates(filter, start)) effects_.file(OpKind::remove, path, {}, "`find -delete` of what a test picks");
  }

  void command(const Action& action, const Text& path) {
    Change change;
    change.via = effects_.name();
    change.keeps_input = false;
    std::vector<Text> argv;
    for (std::size_t i = action.begin; i < action.end; ++i) argv.push_back(replaced(arguments_[i], "{}", path));
    if (!argv.empty()) effects_.run(std::move(argv), change);
  }

  std::span<const Text> arguments_;
  Effects& effects_;
  std::vector<Text> starts_;
  Reach reach_ = Reach::deep;
};

}  // namespace

void run_find(std::span<const Text> arguments, Effects& effects) { Find(arguments, effects).run(); }

}  // namespace belay::command::program
