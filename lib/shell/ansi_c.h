#pragma once

#include <string>
#include <string_view>

namespace belay::shell {

/// The inside of $'…' decoded as bash(1) "QUOTING" says: \a \b \e \E \f \n \r \t \v \\ \' \" \? \nnn \xHH \uHHHH \UHHHHHHHH \cX;
/// another backslash stays. A NUL, however written, ends the text. \u and \U become UTF-8 as in a UTF-8 locale.
[[nodiscard]] std::string decode_ansi_c(std::string_view inside);

}  // namespace belay::shell
