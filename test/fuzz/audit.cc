// A log, line by line: whoever reads it may find anything. What is a record is written as it was read, and every form of export takes it.
#include "audit/chain.h"
#include "audit/record.h"
#include "base/text.h"
#include "history/export.h"
#include "history/report.h"
#include "history/understand.h"
#include "shipped.h"

using namespace belay;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = fuzz::bytes_of(data, size);
  const image::View* view = &fuzz::shipped();
  audit::ChainReader chain;
  history::Report report;
  for (const std::string_view line : base::split(text, '\n')) {
    (void)chain.add(line);
    auto record = audit::from_line(line);
    if (!record) {
      report.add_unreadable();
      continue;
    }
    const std::string again = audit::to_line(*record);
    fuzz::check(again.size() <= audit::kMaxRecord);
    const auto second = audit::from_line(again);
    fuzz::check(second.has_value() && audit::to_line(*second) == again);
    for (const auto format : {history::ExportFormat::jsonl, history::ExportFormat::csv, history::ExportFormat::cef, history::ExportFormat::ocsf})
      fuzz::check(history::export_record(*record, format, "1").find('\n') != std::string::npos);
    report.add(*record, history::understand(*record, {&view, 1}).analysis);
  }
  (void)history::leading_rows(report.rules(), 10);
  return 0;
}
