#include "cli/report_text.h"

#include <array>

#include "audit/clock.h"
#include "base/text.h"
#include "cli/terminal.h"
#include "json/writer.h"

namespace belay::cli {

namespace {

using history::Count;
using history::Counts;
using history::Report;

struct NumberColumn {
  std::string_view name;  ///< as in JSON
  std::string_view title;
  std::uint64_t Count::*value;
};
constexpr std::array<NumberColumn, 6> kNumbers{{
    {"calls", "calls", &Count::calls},
    {"denied", "denied", &Count::denied},
    {"asked", "asked", &Count::asked},
    {"would_deny", "would deny", &Count::would_deny},
    {"would_ask", "would ask", &Count::would_ask},
    {"failed", "failed", &Count::failed},
}};

struct Table {
  std::string_view name;
  std::string_view title;
  const Counts& (Report::*rows)() const;
};
constexpr std::array<Table, 6> kTables{{
    {"rules", "by rule", &Report::rules},
    {"commands", "by command", &Report::commands},
    {"agents", "by agent", &Report::agents},
    {"users", "by user", &Report::users},
    {"days", "by day", &Report::days},
    {"failures", "by failure", &Report::failures},
}};

std::string left(std::string_view text, std::size_t width) {
  std::string out(text);
  if (out.size() < width) out.append(width - out.size(), ' ');
  return out;
}
std::string right(std::string_view text, std::size_t width) {
  return text.size() < width ? std::string(width - text.size(), ' ') + std::string(text) : std::string(text);
}

std::string header(std::string_view title, std::size_t width, bool colour) {
  std::string out = left(title, width);
  for (const NumberColumn& column : kNumbers) out += "  " + std::string(column.title);
  return painted(out, Paint::bold, colour) + "\n";
}

std::string row(std::string_view name, const Count& count, std::size_t width) {
  std::string out = left(base::printable(name), width);
  for (const NumberColumn& column : kNumbers) {
    const std::uint64_t n = count.*column.value;
    out += "  " + right(n == 0 && column.value != &Count::calls ? "-" : std::to_string(n), column.title.size());
  }
  return out + "\n";
}

std::string table_text(const Table& table, const Counts& counts, std::size_t most, bool colour) {
  constexpr std::size_t kWidth = 40;
  std::string out = "\n" + header(table.title, kWidth, colour);
  // Days are read in their order, all else by weight.
  const bool days = table.name == "days";
  std::vector<std::pair<std::string_view, Count>> rows;
  if (days) rows.assign(counts.begin(), counts.end());
  else rows = history::leading_rows(counts, most);
  if (rows.size() > most) rows.erase(rows.begin(), rows.end() - static_cast<std::ptrdiff_t>(most));
  for (const auto& [name, count] : rows) out += row(name, count, kWidth);
  if (counts.size() > rows.size())
    out += "… and " + std::to_string(counts.size() - rows.size()) + (days ? " earlier\n" : " more\n");
  return out;
}

std::string counted(std::uint64_t n, std::string_view noun) {
  return std::to_string(n) + " " + std::string(noun) + (n == 1 ? "" : "s");
}

std::string minute_of(std::uint64_t unix_micros) {
  constexpr std::size_t kDay = 10, kMinutes = 16;
  std::string out = audit::iso_time(unix_micros).substr(0, kMinutes);
  if (out.size() > kDay) out[kDay] = ' ';
  return out + "Z";
}

std::string summary(const Report& report) {
  const Count& total = report.total();
  std::string out = counted(total.calls, "call") + " in " + counted(report.sessions(), "session");
  if (total.calls != 0) out += ", " + minute_of(report.first()) + " to " + minute_of(report.last());
  out += "\n" + std::to_string(total.denied) + " denied, " + std::to_string(total.asked) +
         " asked; observed only: " + std::to_string(total.would_deny) + " would have been denied, " +
         std::to_string(total.would_ask) + " asked\n";
  if (total.failed != 0) out += counted(total.failed, "decision") + " came from a failure of belay itself\n";
  if (report.unreadable() != 0) out += counted(report.unreadable(), "line") + " could not be read\n";
  return out;
}

void write_count(json::Writer& w, const Count& count) {
  for (const NumberColumn& column : kNumbers) w.field(column.name, count.*column.value);
}

}  // namespace

std::string report_text(const Report& report, std::size_t most, bool colour) {
  std::string out = summary(report);
  for (const Table& table : kTables) {
    const Counts& counts = (report.*table.rows)();
    if (!counts.empty()) out += table_text(table, counts, most, colour);
  }
  return out;
}

std::string report_json(const Report& report) {
  std::string out;
  json::Writer w(out);
  w.begin_object();
  write_count(w, report.total());
  w.field("sessions", std::uint64_t{report.sessions()}).field("unreadable", report.unreadable());
  if (report.total().calls != 0) w.field("first", audit::iso_time(report.first())).field("last", audit::iso_time(report.last()));
  for (const Table& table : kTables) {
    w.key(table.name).begin_array();
    for (const auto& [name, count] : (report.*table.rows)()) {
      w.begin_object().field("name", name);
      write_count(w, count);
      w.end_object();
    }
    w.end_array();
  }
  w.end_object();
  return out + "\n";
}

}  // namespace belay::cli
