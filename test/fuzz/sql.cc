// What is sent to databases and servers: any text, in every dialect. Looks for crashes, for statements that hold what only strings said, and for
// normal forms that are none (normalising twice must change nothing).
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "command/http/host.h"
#include "command/http/request.h"
#include "command/sql/script.h"

namespace {

using belay::model::Text;
using namespace belay::command;

constexpr const char* kEngines[] = {"sql",        "postgres",  "mysql",     "sqlite", "duckdb", "mssql", "oracle",
                                    "clickhouse", "cassandra", "snowflake", "hive",   "cypher", "redis", "mongo"};

/// Statements are not longer than their text allows: a string of two bytes becomes a mark, a hole one, and every statement its own.
class Bounded : public sql::Sink {
 public:
  explicit Bounded(std::size_t size) : left_(64 * size + 4096) {}
  void statement(Text normal) override { spend(normal.size()); }
  void effect(sql::Effect effect) override { spend(effect.text.size()); }

 private:
  void spend(std::size_t size) {
    if (size > left_) std::abort();
    left_ -= size;
  }
  std::size_t left_;
};

Text text_of(const std::string& bytes) {
  Text out;
  for (const char c : bytes) {
    if (c == '\0') out.append_hole(belay::model::HoleTrait::any);
    else out.append(std::string_view(&c, 1));
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const Text text = text_of(
      std::string(reinterpret_cast<const char*>(data) + 1, size - 1));  // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
  Bounded sink(size);
  sql::read_script(text, sql::dialect_of(kEngines[data[0] % std::size(kEngines)]), sink);
  const Text host = http::normal_host(text);
  if (host.literal() && !(http::normal_host(host) == host) && host.view().find_first_of("%[:") == std::string_view::npos)
    std::abort();
  (void)http::normal_url(text);
  (void)http::normal_body(text);
  return 0;
}
