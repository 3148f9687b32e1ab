#include "command/program/listed.h"

#include <algorithm>

#include "command/output/searched_names.h"

namespace belay::command::program {

namespace {

using model::HoleTrait;

class Listing {
 public:
  Listing(const Reading& reading, Effects& effects) : reading_(reading), effects_(effects) {
    const Block& block = reading.block();
    for (const ReadOption& o : reading.options) {
      if (o.number == kUnknownOption) continue;
      const OptionInfo info = reading.info(o);
      names_ = names_ || info.has(Mark::names);
      details_ = details_ || info.has(Mark::details);
      if (info.role == Role::only && o.has_value && !o.value.view().starts_with('!') && info.detail != "regex") picked_.push_back(o.value);
      exact_ = exact_ || info.has(Mark::exact);
    }
    lists_ = block.has(Flag::lists) || block.has(Flag::lists_below);
    below_ = block.has(Flag::lists_below) || !block.has(Flag::lists);
    all_ = block.has(Flag::lists_below) && block.has(Flag::lists);
  }

  [[nodiscard]] bool only_names() const { return (names_ || lists_) && !details_; }

  /// A name on each line.
  Text lines() {
    bool given = false;
    for (const ReadOperand& o : reading_.operands) {
      given = given || is_place(o) || o.role == Role::only;
      if (o.role == Role::only) anywhere(o.text);
      else if (is_place(o)) place(o.text);
    }
    if (!given) below_ ? found_below(Text(".")) : line(Text::hole(HoleTrait::blank | HoleTrait::glob));
    return out_;
  }

 private:
  [[nodiscard]] bool is_place(const ReadOperand& o) const {
    return o.role == Role::read || o.role == Role::read_tree || (o.role == Role::word && lists_);
  }

  void line(const Text& name) {
    out_.append(name);
    out_.append("\n");
  }

  /// A folder stands for what is in it, anything else for itself.
  void place(const Text& path) {
    const bool pattern = path.literal() && path.view().find_first_of("*?[") != std::string_view::npos;
    if (pattern) return line(text_of_glob(path, HoleTrait::slash));
    const std::optional<bool> folder = exact_ || !path.literal() ? std::optional(false) : effects_.is_folder(path);
    if (!folder.value_or(false)) line(path);
    if (!folder.value_or(true)) return;
    if (below_) found_below(path);
    else line(Text::hole(HoleTrait::blank));
  }

  /// What a data base of all names knows under that part of one: `locate id_rsa`.
  void anywhere(const Text& part) {
    Text glob("*");
    glob.append(part);
    glob.append("*");
    for (const Text& name : names_of_glob(glob)) {
      Text found("/");
      found.append_hole(HoleTrait::slash | HoleTrait::blank);
      found.append("/");
      found.append(name);
      line(found);
    }
  }

  /// Some test picks them, what they hold or whether git ignores them, unless the program lists all there is.
  void found_below(const Text& folder) {
    Text found = folder;
    if (!found.view().ends_with('/')) found.append("/");
    for (const Text& glob : picked_) {
      for (const Text& name : names_of_glob(glob)) {
        Text deeper = found;
        deeper.append_hole(HoleTrait::slash | HoleTrait::blank | HoleTrait::each);
        deeper.append("/");
        deeper.append(name);
        line(deeper);
        Text here = found;
        here.append(name);
        line(here);
      }
    }
    if (!picked_.empty()) return;
    found.append_hole(HoleTrait::slash | HoleTrait::blank | HoleTrait::each | (all_ ? HoleTrait::glob : HoleTrait::none));
    line(found);
  }

  const Reading& reading_;
  Effects& effects_;
  std::vector<Text> picked_;  ///< patterns of the names that are listed
  bool names_ = false;
  bool details_ = false;
  bool exact_ = false;
  bool lists_ = false;
  bool below_ = false;
  bool all_ = false;
  Text out_;
};

}  // namespace

void print_listed(const Reading& reading, Effects& effects) {
  if (!reading.block().known()) return;
  Listing listing(reading, effects);
  if (listing.only_names()) effects.printed(listing.lines(), true, {});
}

}  // namespace belay::command::program
