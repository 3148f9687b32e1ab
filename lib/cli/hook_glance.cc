#include "cli/hook_glance.h"

#include <bit>
#include <cstring>

#include "agent/adapter.h"

namespace belay::cli {

namespace {

/// What a key at the top level says about the event.
enum class Role : std::uint8_t {
  event,    ///< its value names the event
  tool,     ///< there is a tool: the event is before or after its call
  result,   ///< the tool's call is over
  session,  ///< with `time`: Copilot's camelCase payloads, most of which do not name their event
  time,
  foreign,  ///< of an agent whose unnamed events nobody knows
};
struct Member {
  std::string_view key;
  Role role;
};
constexpr auto kMembers = std::to_array<Member>({
    {"hook_event_name", Role::event},  {"hookEventName", Role::event},
    {"hookName", Role::event},         {"agent_action_name", Role::event},
    {"toolName", Role::tool},          {"toolResult", Role::result},
    {"error", Role::result},           {"sessionId", Role::session},
    {"timestamp", Role::time},         {"event", Role::foreign},
    {"tool_name", Role::foreign},      {"tool_input", Role::foreign},
    {"tool_call_id", Role::foreign},   {"toolCall", Role::foreign},
    {"preToolUse", Role::foreign},     {"clineVersion", Role::foreign},
    {"cursor_version", Role::foreign}, {"conversation_id", Role::foreign},
    {"toolInput", Role::foreign},
});
static_assert(kMembers.size() <= 32, "one bit each");

constexpr std::uint32_t bit_of(std::size_t n) { return std::uint32_t{1} << n; }

constexpr std::uint32_t members(Role role) {
  std::uint32_t bits = 0;
  for (std::size_t n = 0; n < kMembers.size(); ++n) bits |= kMembers[n].role == role ? bit_of(n) : 0;
  return bits;
}

std::uint32_t member_named(std::string_view key) {
  for (std::size_t n = 0; n < kMembers.size(); ++n) {
    if (kMembers[n].key == key) return bit_of(n);
  }
  return 0;
}

/// Whether one of the eight bytes of `word` is `c` (a false alarm only behind a true one).
bool holds_byte(std::uint64_t word, char c) {
  constexpr std::uint64_t kOnes = 0x0101010101010101U;
  const std::uint64_t zero = word ^ (kOnes * static_cast<unsigned char>(c));
  return ((zero - kOnes) & ~zero & (kOnes << 7U)) != 0;
}

/// Where the text that means only itself ends.
std::size_t plain_end(std::string_view bytes, std::size_t i) {
  for (std::uint64_t word = 0; bytes.size() - i >= sizeof word; i += sizeof word) {
    std::memcpy(&word, bytes.data() + i, sizeof word);
    if (holds_byte(word, '"') || holds_byte(word, '\\')) break;
  }
  while (i < bytes.size() && bytes[i] != '"' && bytes[i] != '\\') ++i;
  return i;
}

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
bool starts_number(char c) { return c == '-' || (c >= '0' && c <= '9'); }
bool starts_word(char c) { return c == 't' || c == 'f' || c == 'n'; }
bool in_scalar(char c) { return starts_number(c) || (c >= 'a' && c <= 'z') || c == '+' || c == '.' || c == 'E'; }

}  // namespace

void Glance::feed(std::string_view bytes) {
  while (!bytes.empty() && at_ != At::doubtful) {
    if (in_string_) {
      bytes.remove_prefix(read_string(bytes));
    } else {
      step(bytes.front());
      bytes.remove_prefix(1);
    }
  }
}

bool Glance::precedes_nothing() const {
  if (at_ != At::end) return false;
  const int names = std::popcount(seen_ & members(Role::event));
  if (names > 0) return names == 1 && nothing_;
  if (!holds(members(Role::session)) || !holds(members(Role::time)) || holds(members(Role::foreign))) return false;
  return !holds(members(Role::tool)) || holds(members(Role::result));
}

void Glance::step(char c) {
  if (at_ == At::inside) return step_inside(c);
  if (at_ == At::scalar && in_scalar(c)) return;
  if (is_blank(c)) {
    if (at_ == At::scalar) at_ = At::comma;
    return;
  }
  switch (at_) {
    case At::start: c == '{' ? open(true) : void(at_ = At::doubtful); break;
    case At::first_key:
    case At::key: begin_member(c); break;
    case At::colon: at_ = c == ':' ? At::value : At::doubtful; break;
    case At::value: begin_value(c); break;
    case At::scalar:
    case At::comma: at_ = c == ',' ? At::key : c == '}' ? At::end : At::doubtful; break;
    case At::inside:
    case At::end:
    case At::doubtful: at_ = At::doubtful; break;
  }
}

void Glance::step_inside(char c) {
  switch (c) {
    case '"': open_string(false); break;
    case '{': open(true); break;
    case '[': open(false); break;
    case '}': close(true); break;
    case ']': close(false); break;
    default: break;
  }
}

void Glance::begin_member(char c) {
  if (c == '"') return open_string(true);
  at_ = c == '}' && at_ == At::first_key ? At::end : At::doubtful;
}

/// A kind that the key's meaning does not go with counts as if the key were not there; for the keys that make doubtful, all kinds do.
void Glance::begin_value(char c) {
  const bool wrong_kind = ((member_ & members(Role::session)) != 0 && c != '"') ||
                          ((member_ & members(Role::time)) != 0 && !starts_number(c)) ||
                          ((member_ & members(Role::result)) != 0 && starts_word(c));
  if (!wrong_kind) held_ |= member_;
  if (c == '"') return open_string((member_ & members(Role::event)) != 0);
  if (c == '{' || c == '[') return open(c == '{');
  at_ = starts_number(c) || starts_word(c) ? At::scalar : At::doubtful;
}

void Glance::open_string(bool keep) {
  in_string_ = true;
  escaped_ = false;
  keep_ = keep;
  fits_ = true;
  escapes_ = false;
  size_ = 0;
}

/// Takes what belongs to the string off the front of `bytes` and says how much that was.
std::size_t Glance::read_string(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (!keep_ && !escaped_) i = plain_end(bytes, i);  // most of a payload is text that is not kept
    if (i == bytes.size()) break;
    const char c = bytes[i];
    if (escaped_) {
      escaped_ = false;
    } else if (c == '\\') {
      escaped_ = true;
      escapes_ = true;
    } else if (c == '"') {
      close_string();
      return i + 1;
    } else if (keep_) {
      fits_ = size_ < text_.size();
      if (fits_) text_[size_++] = c;
    }
  }
  return bytes.size();
}

void Glance::close_string() {
  in_string_ = false;
  if (at_ == At::inside) return;
  if (at_ != At::value) return close_key();
  if (keep_) nothing_ = fits_ && !escapes_ && agent::precedes_nothing(text());
  at_ = At::comma;
}

void Glance::close_key() {
  member_ = fits_ ? member_named(text()) : 0;
  at_ = escapes_ || (seen_ & member_) != 0 ? At::doubtful : At::colon;
  seen_ |= member_;
}

void Glance::open(bool object) {
  if (++depth_ == kDeepest) {
    at_ = At::doubtful;
    return;
  }
  objects_[depth_] = object;
  at_ = depth_ == 1 ? At::first_key : At::inside;
}

void Glance::close(bool object) {
  if (objects_[depth_] != object) {
    at_ = At::doubtful;
    return;
  }
  if (--depth_ == 1) at_ = At::comma;
}

}  // namespace belay::cli
