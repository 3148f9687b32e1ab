#pragma once

#include <optional>
#include <span>
#include <vector>

#include "model/text.h"
#include "shell/ast.h"

/// What tests come to, when text alone decides it.
namespace belay::command {

class Evaluator;
struct Frame;

/// `test …` or `[ … ]`; argv with its name.
[[nodiscard]] std::optional<bool> evaluate_test(std::span<const model::Text> argv);
/// The words of `[[ … ]]`. What is expanded in them is, also where bash would not come to it.
[[nodiscard]] std::optional<bool> evaluate_condition(const std::vector<shell::Word>& words, Evaluator& shell, Frame& frame);

}  // namespace belay::command
