#pragma once

#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace belay::base {

/// What kind of thing went wrong; the text beside it is for people, the code for decisions.
enum class Errc : std::uint8_t {
  invalid,      ///< bytes that do not follow their grammar
  too_large,    ///< a stated size limit was exceeded
  too_deep,     ///< a stated nesting limit was exceeded
  truncated,    ///< the bytes end before the grammar does
  damaged,      ///< an image whose offsets or hash do not hold
  version,      ///< an image of another format version
  not_found,    ///< ENOENT, and only that
  untrusted,    ///< wrong owner, mode or type of file
  io,           ///< the operating system refused
  unsupported,  ///< well-formed, but not something this program does
  deadline,     ///< out of time
  internal,     ///< a broken invariant of our own
};

struct Error {
  Errc code = Errc::internal;
  std::string what;  ///< lower case, no final stop, user text in back-ticks
};

template <class T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(Errc code, std::string what) {
  return tl::unexpected<Error>(Error{code, std::move(what)});
}

}  // namespace belay::base

#define BELAY_CONCAT_(a, b) a##b
#define BELAY_CONCAT(a, b) BELAY_CONCAT_(a, b)

/// `BELAY_TRY(const auto x, f());` binds the value of a Result or returns its error.
#define BELAY_TRY(decl, expr) BELAY_TRY_(decl, expr, BELAY_CONCAT(belay_result_, __LINE__))
#define BELAY_TRY_(decl, expr, tmp)                        \
  auto tmp = (expr);                                       \
  if (!tmp) return tl::unexpected(std::move(tmp).error()); \
  decl = *std::move(tmp)

/// The same for a Result<void>.
#define BELAY_CHECK(expr) BELAY_CHECK_(expr, BELAY_CONCAT(belay_result_, __LINE__))
#define BELAY_CHECK_(expr, tmp) \
  if (auto tmp = (expr); !tmp) return tl::unexpected(std::move(tmp).error())
