#include "decide/tests.h"
#include "path/path.h"

/// Conditions on what is read, written or deleted.
namespace belay::decide {

namespace {

using model::FileAccess;
using model::Text;

path::GlobView glob_at(const Subject& s, std::uint32_t number) {
  const auto record = s.image.at<image::PatternRecord>(image::Section::patterns, number);
  if (record.anchor > static_cast<std::uint32_t>(path::Anchor::tmp) ||
      record.form > static_cast<std::uint32_t>(path::GlobKind::wildcards)) {
    s.image.mark_damaged();
    return {};
  }
  return {static_cast<path::Anchor>(record.anchor), static_cast<path::GlobKind>(record.form), record.fold_case != 0,
          s.image.text(record.text)};
}

/// The path as it is written and as links lead it: one of them is enough to match, both are needed to suppress.
template <class Ask>
Truth forms(const FileAccess& access, Purpose purpose, Ask ask) {
  const Truth lexical = ask(access.path.lexical);
  const bool settled = lexical == (purpose == Purpose::match ? Truth::yes : Truth::no);
  if (settled || access.path.canonical == access.path.lexical) return lexical;
  const Truth canonical = ask(access.path.canonical);
  return purpose == Purpose::match ? either(lexical, canonical) : both(lexical, canonical);
}

path::Reach reach_of(const FileAccess& access, Purpose purpose) {
  if (purpose == Purpose::suppress) return {};
  return {access.recursive, access.contents_only};
}

}  // namespace

Truth tests::path_meets(const Subject& s, std::uint32_t number) {
  const FileAccess* access = s.op.as_file();
  if (access == nullptr) return Truth::no;
  const path::GlobView glob = glob_at(s, number);
  const path::Reach reach = reach_of(*access, s.purpose);
  return forms(*access, s.purpose, [&](const Text& form) { return path::meets(glob, form, reach, s.question.places); });
}

Truth tests::path_covers(const Subject& s, std::uint32_t number) {
  const FileAccess* access = s.op.as_file();
  if (access == nullptr) return Truth::no;
  const path::GlobView glob = glob_at(s, number);
  const path::Reach reach{access->recursive, access->contents_only};
  return forms(*access, s.purpose, [&](const Text& form) { return path::covers(glob, form, reach, s.question.places); });
}

Truth tests::content(const Subject& s, std::uint32_t number) {
  const FileAccess* access = s.op.as_file();
  return access == nullptr ? Truth::no : found_or_hidden(s, number, access->content);
}

/// Each form may be excused by another pattern.
Truth excepted(const Subject& s, image::Range values) {
  const FileAccess* access = s.op.as_file();
  if (access == nullptr) return Truth::no;
  const auto some = [&](const Text& form) {
    Truth best = Truth::no;
    for (std::uint32_t i = 0; i < values.count && best != Truth::yes && !s.image.damaged(); ++i) {
      best = either(best, path::meets(glob_at(s, values.first + i), form, {}, s.question.places));
    }
    return best;
  };
  return forms(*access, Purpose::suppress, some);
}

}  // namespace belay::decide
