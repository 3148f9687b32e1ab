#include <CLI/App.hpp>
#include <memory>

#include "audit/chain.h"
#include "base/text.h"
#include "cli/command_log.h"
#include "cli/log_files.h"
#include "cli/terminal.h"
#include "json/writer.h"

namespace belay::cli {

namespace {

using audit::Fit;

struct VerifyOptions {
  std::vector<std::string> files;
  std::string head;
  bool json = false;
};

std::string_view fault_of(Fit fit) {
  switch (fit) {
    case Fit::broken: return "does not follow the line before it: one was changed, taken out, put in or moved here";
    case Fit::no_first: return "names a line before it that is not there: the beginning of the file is missing";
    case Fit::unlinked: return "names no line before it: belay did not write it";
    case Fit::linked:
    case Fit::first:
    case Fit::unknown: break;
  }
  return {};
}

struct Fault {
  std::uint64_t line = 0;
  std::string what;
};

/// One file and what is wrong with it.
struct Verified {
  std::string file;
  std::uint64_t lines = 0;
  std::uint64_t unknown = 0;     ///< lines whose writer could not read the log
  std::uint64_t unreadable = 0;  ///< lines that are no records
  std::string head;
  bool has_wanted = false;  ///< the digest that was asked for is that of some line
  std::vector<Fault> faults;
};

Verified verify(const std::string& file, const std::string& wanted) {
  Verified out;
  out.file = file;
  audit::ChainReader chain;
  for_each_line(file, [&](std::string_view line, std::uint64_t number) {
    ++out.lines;
    const Fit fit = chain.add(line);
    if (fit == Fit::unknown) ++out.unknown;
    if (const auto fault = fault_of(fit); !fault.empty()) out.faults.push_back({number, std::string(fault)});
    if (!audit::from_line(line)) {
      ++out.unreadable;
      out.faults.push_back({number, "is no record"});
    }
    out.has_wanted = out.has_wanted || chain.head() == wanted;
  });
  out.head = chain.head();
  return out;
}

std::string as_text(const Verified& one) {
  constexpr std::size_t kShown = 20;
  const std::string file = base::printable(one.file);
  std::string out;
  for (std::size_t i = 0; i < one.faults.size() && i < kShown; ++i) {
    out += file + ":" + std::to_string(one.faults[i].line) + ": " + one.faults[i].what + "\n";
  }
  if (one.faults.size() > kShown) out += "… and " + std::to_string(one.faults.size() - kShown) + " more\n";
  out += file + ": " + std::to_string(one.lines) + (one.lines == 1 ? " line, " : " lines, ");
  out += one.faults.empty() ? "each follows the one before it" : std::to_string(one.faults.size()) + " not as they were written";
  if (one.unknown != 0) out += ", " + std::to_string(one.unknown) + " by writers that could not read the log";
  return out + (one.head.empty() ? "\n" : "\nhead " + one.head + "\n");
}

std::string as_json(const Verified& one) {
  std::string out;
  json::Writer w(out);
  w.begin_object()
      .field("file", one.file)
      .field("lines", one.lines)
      .field("unknown", one.unknown)
      .field("unreadable", one.unreadable);
  w.field("sound", one.faults.empty()).field("head", one.head).key("faults").begin_array();
  for (const Fault& fault : one.faults) w.begin_object().field("line", fault.line).field("what", fault.what).end_object();
  w.end_array().end_object();
  return out + "\n";
}

void verify(Program& program, const VerifyOptions& options) {
  bool sound = true;
  bool has_wanted = options.head.empty();
  for (const std::string& file : logs_or_default(options.files)) {
    const Verified one = verify(file, options.head);
    print(options.json ? as_json(one) : as_text(one));
    sound = sound && one.faults.empty();
    has_wanted = has_wanted || one.has_wanted;
  }
  if (!has_wanted) complain("belay: no line has the digest of --head: what it stood for was changed, or is in another file\n");
  if (!sound || !has_wanted) program.status = ExitCode::findings;
}

}  // namespace

void add_log_verify(CLI::App& command, Program& program) {
  CLI::App* verifies = command.add_subcommand("verify", "does every line still follow the one before it?");
  const auto options = std::make_shared<VerifyOptions>();
  verifies->add_option("files", options->files, "other logs than the installed one")->type_name("FILE");
  verifies
      ->add_option("--head", options->head,
                   "a head that `verify` said earlier and that was kept elsewhere: some line must still be that one")
      ->type_name("DIGEST");
  verifies->add_flag("--json", options->json, "one object per file");
  verifies->footer(
      "Whoever can write the log can also write all of it anew: keep the head where they cannot (docs/audit.md).\n"
      "Exit code: 0; 1 when a line does not fit, is no record, or --head is not found; 3 when a file cannot be read.");
  verifies->callback([&program, options] { verify(program, *options); });
}

}  // namespace belay::cli
