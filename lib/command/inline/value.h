#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "command/invocation.h"
#include "model/text.h"

/// What an expression is, as far as it can be told without running it.
namespace belay::command::inline_code {

using model::Text;

/// Stands for the actor's home until a path or a command is emitted, once per home. Nobody writes it in code.
inline constexpr char kHomeMark = '\x02';

enum class ValueKind : std::uint8_t {
  unknown,
  name,  ///< a function, module or object known by its dotted name
  text,
  list,    ///< of values, with keys where it is a map
  choice,  ///< one of several
};

struct Closure;

struct Value {
  ValueKind kind = ValueKind::unknown;
  bool shares = false;     ///< of a variable: others refer to it, and are what it is given
  bool refers = false;     ///< a reference: what takes it means the same thing (of languages that copy)
  std::uint32_t cell = 0;  ///< of what can be changed: the same number, the same thing (shared.cc)
  Text text;
  std::string name;  ///< dotted name; `#Type` for objects of a known type
  std::vector<Value> items;
  std::vector<std::string> keys;      ///< of a map: as many as items, empty where there is none
  std::shared_ptr<const Value> self;  ///< object that a method was taken of
  std::string place;                  ///< the variable that holds it
  std::shared_ptr<Closure> closure;   ///< of a `#Function`: the code that it runs
  Taint taint;
  std::vector<std::uint32_t> sources;  ///< operations whose data it holds
  std::size_t weight = 1;              ///< values inside, long texts counting more

  [[nodiscard]] static Value of(Text t);
  [[nodiscard]] static Value named(std::string n);
  [[nodiscard]] static Value typed(std::string type, Text t);
  [[nodiscard]] static Value list(std::vector<Value> values);

  [[nodiscard]] bool is_text() const { return kind == ValueKind::text; }
  /// Its text, or a hole.
  [[nodiscard]] Text as_text() const;
  [[nodiscard]] const Value* field(std::string_view key) const;
  /// Sets what stands under a key or at a position; without either it comes last.
  void set(std::string_view key, Value value);
  void add(std::string key, Value value);
  /// A list that takes no more; its last item then stands for what found no place: the last of the functions, if there was one.
  [[nodiscard]] bool full() const;
  /// Makes a copy of it, which changes by itself.
  void apart() { cell = 0, shares = refers = false; }
  /// Takes over where the data of `other` comes from.
  void inherit(const Value& other);
};

/// Text longer than this and lists heavier than that are not known any more: values may double with every line of code.
inline constexpr std::size_t kMostText = 64U << 10U;
inline constexpr std::size_t kMostWeight = 1200;
/// A list that grows by a part at a time is copied for each; this many parts in all, and what is looked up then is not known.
inline constexpr std::uint64_t kMostCopies = 200'000;

[[nodiscard]] Value joined(const Value& a, const Value& b);
[[nodiscard]] Value either(Value a, Value b);
/// `a/b`, or b when that is absolute.
[[nodiscard]] Text join_path(const Text& a, const Text& b);
/// Names and texts inside, one a line (`query=mutation …`): what a rule about a request's body can find, whatever it is written in.
[[nodiscard]] Value serialised(const Value& value);
/// Does the value switch something on? What is not known does.
[[nodiscard]] bool truthy(const Value& value);
/// `f` for each element of a list, which may be lists; for the value itself when it is none.
template <class F>
void for_each_element(const Value& value, F f) {
  if (value.kind != ValueKind::list && value.kind != ValueKind::choice) return f(value);
  for (const Value& item : value.items) f(item);
}

/// Of a text that may be one of several, what `f` makes of each; else `f` of the value.
inline constexpr std::size_t kMostAlternatives = 24;
[[nodiscard]] bool is_choice_of_texts(const Value& value);
[[nodiscard]] bool is_choice_of_lists(const Value& value);  ///< one of them at least
template <class F>
Value of_each(const Value& value, F f) {
  if (!is_choice_of_texts(value) && !is_choice_of_lists(value)) return f(value);
  Value out = f(value.items.front());
  for (std::size_t i = 1; i < value.items.size(); ++i) out = either(std::move(out), f(value.items[i]));
  return out;
}

/// Elements of a value that is walked through: one value that may be any of them.
[[nodiscard]] Value element_of(const Value& value);

/// The keys of a map as texts; any other value as it is.
[[nodiscard]] Value keys_of(const Value& map);

/// `f` for each value that this one may be, lists opened.
template <class F>
void for_each(const Value& value, F f) {
  if (value.kind != ValueKind::list && value.kind != ValueKind::choice) return f(value);
  for (const Value& item : value.items) for_each(item, f);
}

}  // namespace belay::command::inline_code
