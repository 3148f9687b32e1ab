#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// JSON written in the order of the calls: fixed key order, one line, no white space, no reordering, no allocation but the output's.
namespace belay::json {

/// Appends `s` as a JSON string with its quotes. Control characters, DEL, C1 controls, line and paragraph separators, bidirectional
/// and zero-width characters become `\uXXXX` (a terminal that shows the line stays unharmed; a reader gets the same text back);
/// bytes that are not UTF-8 become U+FFFD.
void append_string(std::string& out, std::string_view s);

/// Writes one value into a string that it borrows. Calls must nest properly; nothing is checked.
///
///     Writer w(line);
///     w.begin_object().field("v", 1U).key("who").begin_object().field("uid", 1000U).end_object().end_object();
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  Writer& begin_object() { return open('{'); }
  Writer& end_object() { return close('}'); }
  Writer& begin_array() { return open('['); }
  Writer& end_array() { return close(']'); }
  Writer& key(std::string_view name);
  Writer& string(std::string_view value);
  Writer& number(std::uint64_t value);
  Writer& boolean(bool value);

  Writer& field(std::string_view name, std::string_view value) { return key(name).string(value); }
  Writer& field(std::string_view name, const char* value) { return key(name).string(value); }
  Writer& field(std::string_view name, const std::string& value) { return key(name).string(value); }
  Writer& field(std::string_view name, std::uint64_t value) { return key(name).number(value); }
  Writer& field(std::string_view name, std::uint32_t value) { return key(name).number(value); }
  Writer& field(std::string_view name, bool value) { return key(name).boolean(value); }
  /// Nothing when there is nothing to say.
  Writer& field_if(std::string_view name, std::string_view value) { return value.empty() ? *this : field(name, value); }
  Writer& field_if(std::string_view name, std::uint64_t value) { return value == 0 ? *this : field(name, value); }

 private:
  Writer& open(char c);
  Writer& close(char c);
  void separate();

  std::string& out_;
  bool first_ = true;  ///< no comma before the next item
};

}  // namespace belay::json
