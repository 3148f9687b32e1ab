#pragma once

#include <deque>
#include <vector>

#include "command/program/effects.h"
#include "command/program/reader.h"

namespace belay::command::program {

/// The requests that one command line of curl makes: `--next` begins another, a known file of `--config` adds arguments.
class Requests {
 public:
  struct Part {
    const Reading* reading = nullptr;
    bool unknown_options = false;  ///< a file that is not known may add any option
  };

  Requests(const Reading& reading, Effects& effects);
  [[nodiscard]] const std::vector<Part>& parts() const { return parts_; }

 private:
  void add(std::vector<Text> arguments, Effects& effects);

  const Reading& whole_;
  std::deque<std::vector<Text>> arguments_;  ///< what the readings borrow
  std::deque<Reading> readings_;
  std::vector<Part> parts_;
};

/// What `{a,b}` and `[1-9]` of a URL stand for; ranges and what goes beyond a few alternatives are not known.
[[nodiscard]] std::vector<Text> globbed_urls(const Text& url);

}  // namespace belay::command::program
