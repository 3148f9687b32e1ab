#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "base/fs.h"
#include "model/call.h"
#include "model/decision.h"

/// What the words of a record mean. Never renamed: logs outlive programs.
namespace belay::audit {

template <class E, std::size_t N>
using Words = std::array<std::pair<std::string_view, E>, N>;

inline constexpr Words<model::Agent, 6> kAgents{{
    {"unknown", model::Agent::unknown},
    {"claude", model::Agent::claude},
    {"codex", model::Agent::codex},
    {"gemini", model::Agent::gemini},
    {"copilot", model::Agent::copilot},
    {"copilot-pascal", model::Agent::copilot_pascal},
}};
inline constexpr Words<model::Event, 4> kEvents{{
    {"tool", model::Event::tool},
    {"permission", model::Event::permission},
    {"other", model::Event::other},
    {"unknown", model::Event::unknown},
}};
inline constexpr Words<model::Verdict, 5> kVerdicts{{
    {"pass", model::Verdict::pass},
    {"log", model::Verdict::log},
    {"allow", model::Verdict::allow},
    {"ask", model::Verdict::ask},
    {"deny", model::Verdict::deny},
}};
inline constexpr Words<model::Severity, 4> kSeverities{{
    {"low", model::Severity::low},
    {"medium", model::Severity::medium},
    {"high", model::Severity::high},
    {"critical", model::Severity::critical},
}};
inline constexpr Words<model::Mode, 2> kModes{{{"enforce", model::Mode::enforce}, {"observe", model::Mode::observe}}};
inline constexpr Words<model::Truth, 3> kTruths{
    {{"no", model::Truth::no}, {"maybe", model::Truth::maybe}, {"yes", model::Truth::yes}}};
inline constexpr Words<base::NodeKind, 5> kNodes{{
    {"missing", base::NodeKind::missing},
    {"dir", base::NodeKind::directory},
    {"file", base::NodeKind::file},
    {"link", base::NodeKind::symlink},
    {"other", base::NodeKind::other},
}};

template <class E, std::size_t N>
[[nodiscard]] constexpr std::string_view word_of(const Words<E, N>& words, E value) {
  for (const auto& [word, meaning] : words) {
    if (meaning == value) return word;
  }
  return {};
}
template <class E, std::size_t N>
[[nodiscard]] constexpr std::optional<E> meaning_of(const Words<E, N>& words, std::string_view wanted) {
  for (const auto& [word, meaning] : words) {
    if (word == wanted) return meaning;
  }
  return std::nullopt;
}

}  // namespace belay::audit
