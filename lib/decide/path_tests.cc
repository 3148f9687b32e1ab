#include "decide/conditions.h"
#include "decide/tests.h"
#include "path/path.h"

/// Conditions on what is read, written or deleted.
namespace belay::decide {

namespace {

using model::FileAccess;
using model::Text;

using model::OtherName;

/// What counts beside the path itself. Deleting one hard link leaves the file under its other names.
bool counts(const Subject& s, const OtherName& other) {
  return other.why != OtherName::Why::link || s.op.kind != model::OpKind::remove;
}

/// One form of the path is enough to match.
template <class Ask>
Truth some_form(const Subject& s, const FileAccess& access, Ask ask) {
  Truth best = ask(access.path.lexical);
  if (best != Truth::yes && !(access.path.canonical == access.path.lexical)) best = either(best, ask(access.path.canonical));
  for (const OtherName& other : access.path.others) {
    if (best != Truth::yes && counts(s, other)) best = either(best, ask(other.path));
  }
  return best;
}

/// To suppress, every place that the path may be has to be excused. Another spelling is the same place. Another name may be why the rule
/// holds; but where somebody works is said by the name that they use: a project that is mounted elsewhere too stays the project.
template <class Ask>
Truth every_form(const Subject& s, const FileAccess& access, Ask ask) {
  const model::Path& path = access.path;
  Truth written = ask(path.lexical, false);
  for (const OtherName& other : path.others) {
    if (other.why == OtherName::Why::spelling && written != Truth::yes) written = either(written, ask(other.path, false));
  }
  Truth all = written;
  if (all != Truth::no && !(path.canonical == path.lexical)) all = both(all, ask(path.canonical, false));
  for (const OtherName& other : path.others) {
    if (all == Truth::no || other.why == OtherName::Why::spelling || !counts(s, other)) continue;
    const bool around = other.why == OtherName::Why::around;
    all = both(all, around ? either(ask(other.path, false), ask(path.canonical, true)) : ask(other.path, false));
  }
  return all;
}

bool is_workplace(path::Anchor anchor) {
  return anchor == path::Anchor::project || anchor == path::Anchor::cwd || anchor == path::Anchor::tmp;
}

path::Reach reach_of(const FileAccess& access, Purpose purpose) {
  if (purpose == Purpose::suppress) return {};
  return {access.recursive, access.contents_only};
}

}  // namespace

path::GlobView tests::glob_at(const image::View& image, std::uint32_t number) {
  const auto record = image.at<image::PatternRecord>(image::Section::patterns, number);
  if (record.anchor > static_cast<std::uint32_t>(path::Anchor::tmp) ||
      record.form > static_cast<std::uint32_t>(path::GlobKind::wildcards)) {
    image.mark_damaged();
    return {};
  }
  return {static_cast<path::Anchor>(record.anchor), static_cast<path::GlobKind>(record.form), record.fold_case != 0,
          image.text(record.text)};
}

Truth tests::path_meets(const Subject& s, std::uint32_t number) {
  const FileAccess* access = s.op.as_file();
  if (access == nullptr) return Truth::no;
  const path::GlobView glob = glob_at(s.image, number);
  const path::Reach reach = reach_of(*access, s.purpose);
  const Truth sure = access->if_folder && !path::names_folder(glob) ? Truth::maybe : Truth::yes;
  const auto meets = [&](const Text& form) { return both(sure, path::meets(glob, form, reach, s.question.places)); };
  if (s.purpose == Purpose::match) return some_form(s, *access, meets);
  return every_form(s, *access, [&](const Text& form, bool workplace) {
    return workplace && !is_workplace(glob.anchor) ? Truth::no : meets(form);
  });
}

Truth tests::path_covers(const Subject& s, std::uint32_t number) {
  const FileAccess* access = s.op.as_file();
  if (access == nullptr) return Truth::no;
  const path::GlobView glob = glob_at(s.image, number);
  const path::Reach reach{access->recursive, access->contents_only};
  const auto covers = [&](const Text& form) { return path::covers(glob, form, reach, s.question.places); };
  if (s.purpose == Purpose::match) return some_form(s, *access, covers);
  return every_form(s, *access, [&](const Text& form, bool) { return covers(form); });
}

Truth tests::content(const Subject& s, std::uint32_t number) {
  const FileAccess* access = s.op.as_file();
  return access == nullptr ? Truth::no : found_or_hidden(s, number, access->content);
}

/// Each form may be excused by another pattern.
Truth excepted(const Subject& s, image::Range values) {
  const FileAccess* access = s.op.as_file();
  if (access == nullptr) return Truth::no;
  return every_form(s, *access, [&](const Text& form, bool workplace) {
    Truth best = Truth::no;
    for (std::uint32_t i = 0; i < values.count && best != Truth::yes && !s.image.damaged(); ++i) {
      const path::GlobView glob = tests::glob_at(s.image, values.first + i);
      if (!workplace || is_workplace(glob.anchor)) best = either(best, path::meets(glob, form, {}, s.question.places));
    }
    return best;
  });
}

}  // namespace belay::decide
