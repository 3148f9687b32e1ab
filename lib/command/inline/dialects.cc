#include <array>

#include "base/text.h"
#include "command/inline/code.h"
#include "command/inline/compiled.h"
#include "command/inline/printing.h"
#include "command/inline/functions.h"
#include "command/inline/readers.h"
#include "command/inline/tables.h"

namespace belay::command::inline_code {

namespace {

using Table = const Dialect& (*)();
struct TableRow {
  std::string_view language;
  Table table;
};
constexpr std::array kTables{
    TableRow{"python", python},  TableRow{"javascript", javascript},
    TableRow{"perl", perl},      TableRow{"ruby", ruby},
    TableRow{"php", php},        TableRow{"lua", lua},
    TableRow{"r", r_language},   TableRow{"julia", julia},
    TableRow{"raku", raku},      TableRow{"elixir", elixir},
    TableRow{"erlang", erlang},  TableRow{"lisp", lisp},
    TableRow{"elisp", elisp},    TableRow{"ocaml", ocaml},
    TableRow{"java", java_like}, TableRow{"octave", octave},
    TableRow{"nim", nim},        TableRow{"haskell", haskell},
    TableRow{"dotnet", dotnet},  TableRow{"swift", swift},
    TableRow{"c", c_like},       TableRow{"go", go},
    TableRow{"rust", rust},      TableRow{"zig", zig},
    TableRow{"pascal", pascal},  TableRow{"fortran", fortran},
};

using Reader = void (*)(const Text& code, Session& session);
struct ReaderRow {
  std::string_view language;
  Reader reader;
};
constexpr std::array kReaders{ReaderRow{"sed", read_sed}, ReaderRow{"awk", read_awk}, ReaderRow{"applescript", read_applescript}};

Reader reader_of(std::string_view language) {
  for (const ReaderRow& row : kReaders) {
    if (row.language == language) return row.reader;
  }
  return nullptr;
}

/// Operands and tokens that one call may cost; a 64 KiB program of plain calls takes a quarter of it.
constexpr std::uint64_t kMostWork = 400'000;

}  // namespace

const Dialect* dialect_of(std::string_view language) {
  for (const TableRow& row : kTables) {
    if (row.language == language) return &row.table();
  }
  return nullptr;
}

bool reads(std::string_view language) { return reader_of(language) != nullptr || dialect_of(language) != nullptr; }

void read_code(const Code& code, const program::Change& change, program::Effects& effects) {
  if (code.text.empty()) return;
  Session session{.effects = effects, .change = change, .budget = base::Budget(kMostWork), .parameters = code.parameters};
  if (nothing_known(code.text) && !code.text.literal()) {
    return effects.opaque(model::OpaqueReason::unknown_code, "`" + effects.name() + "` runs code that is not known");
  }
  if (const Reader reader = reader_of(code.language)) {
    reader(code.text, session);
    if (session.budget.empty()) effects.opaque(model::OpaqueReason::limit, "code that is too long");
    return report_printed(session);
  }
  const Dialect* const dialect = dialect_of(code.language);
  if (dialect == nullptr) return;
  if (dialect->has(Trait::line_variable)) session.variables["$_"] = element_of(lines_of_input(effects));
  bind_lines(code.language, code.text, session);
  session.whole_program = dialect->has(Trait::whole_programs) || change.parts;
  const Text text = respelled(code.language, code.text);
  Walker walker(session, *dialect, text);
  (void)walker.run();
  walker.run_uncalled();
  report_printed(session);
}

}  // namespace belay::command::inline_code
