#pragma once

#include "command/sql/dialect.h"
#include "model/text.h"

namespace belay::command::sql {

using model::Text;

/// What a script does besides sending statements.
enum class EffectKind : std::uint8_t {
  shell,     ///< a command line is run
  read,      ///< a file is read
  write,     ///< a file is written
  script,    ///< a file of statements is run
  database,  ///< later statements go to that database
  host,      ///< … to that host
  pipe,      ///< a command line reads what is printed from here on; the empty one ends that
  printed,   ///< that is printed
};

struct Effect {
  EffectKind kind = EffectKind::shell;
  Text text;
  bool server = false;  ///< it happens where the database runs, not where its client does
};

/// Who is told what a script does, in its order.
class Sink {
 public:
  Sink() = default;
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;
  virtual ~Sink() = default;

  /// One statement as rules see it (docs/rules.md, "Statements"). The same one twice is told once.
  virtual void statement(Text normal) = 0;
  virtual void effect(Effect effect) = 0;
  /// Somebody reads what is printed (EffectKind::pipe), so that it is worth telling.
  [[nodiscard]] virtual bool piped() const { return false; }
};

/// Reads what is given to a client of `dialect`: every statement by itself, those inside others (common table expressions, blocks, strings that are
/// executed) once more by themselves, and the commands that the client carries out. Work is linear in the text.
void read_script(const Text& text, const Dialect& dialect, Sink& sink);

}  // namespace belay::command::sql
