#pragma once

#include <string>

#include "shell/ast.h"

namespace belay::shell {

void dump_list(const List& list, std::string& out);
void dump_word(const Word& word, std::string& out);
void dump_parts(const std::vector<Part>& parts, std::string& out);

}  // namespace belay::shell
