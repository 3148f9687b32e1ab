#pragma once

/// The program may be installed with the group of the log (setgid), so that records reach a file that users cannot.
namespace belay::cli {

/// Real and effective ids differ.
[[nodiscard]] bool has_borrowed_rights();
/// Goes back to the caller's own ids for good. False when the kernel refuses, and then nothing may be done on anybody's behalf.
[[nodiscard]] bool give_up_rights();

}  // namespace belay::cli
