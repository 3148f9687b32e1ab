#include "command/inline/printing.h"
#include "command/inline/tables.h"

/// Lua 5.1 to 5.4, LuaFileSystem, luaposix, and what Neovim adds (Lua reference manual, its help).
namespace belay::command::inline_code {

namespace {

constexpr Comment kLuaComments[] = {{"--[[", "]]"}, {"--", "\n"}};
constexpr StringForm kLuaStrings[] = {
    {"\"", "\"", Escape::decimal},
    {"'", "'", Escape::decimal},
    {"[[", "]]", Escape::none, Interpolation::none, true},
    {"[=[", "]=]", Escape::none, Interpolation::none, true},
};
constexpr Callee kLuaCallees[] = {
    {"os", "execute", "sh"},
    {"io", "popen", "sh", gives_process},
    {"#Process", "write", "told"},
    {"os", "remove", "delete"},
    {"os", "rename", "move write"},
    {"os", "getenv", "", gives_variable},
    {"os", "tmpname", "", gives_temporary},
    {"", "print", "", gives_spaced_line},
    {"io", "write", "", gives_plain_print},
    {"io", "open", "open mode", gives_file},
    {"io", "lines input", "read", gives_contents},
    {"io", "output", "write"},
    {"#out", "write", "self=handle content"},
    {"#in", "read lines", "", gives_contents},
    {"", "load loadstring", "code"},
    {"", "dofile loadfile", "script"},
    {"", "require", "import", gives_module},
    {"lfs", "rmdir", "delete"},
    {"lfs", "mkdir touch", "write"},
    {"posix", "exec execp", "program words..."},
    {"posix", "unlink rmdir", "delete"},
    {"ffi", "load cdef", "opaque"},
    {"package", "loadlib", "opaque"},
    {"string", "char", "", gives_characters},
    {"string", "reverse", "", gives_reversed},
    {"string", "format", "", gives_formatted},
    {"table", "concat", "", gives_table_joined},
    {"?", "reverse", "", gives_reversed},
    {"", "pcall xpcall", "", gives_called},
    {"coroutine", "wrap create", "", gives_first},
    {"coroutine", "resume", "", gives_called},
    {"string", "gsub", "", gives_lua_replaced},
    {"?", "gsub", "", gives_lua_replaced},
    {"", "rawget", "", gives_member},
    {"", "select", "", gives_last},
    {"", "ipairs pairs", "", gives_first},
    {"table", "insert", "", gives_inserted},
    {"table", "remove", "", gives_deleted_at},
    {"table", "sort", "", gives_sorted_in_place},
    {"table", "move", "", gives_changed},
    {"", "rawset", "", gives_stored},
    {"string", "lower", "", gives_lower},
    {"?", "lower", "", gives_lower},
    {"string", "upper", "", gives_upper},
    {"?", "upper", "", gives_upper},
    {"string", "sub", "", gives_part},
    {"?", "sub", "", gives_part},
    {"string", "rep", "", gives_repeated},
    {"?", "rep", "", gives_repeated},
    {"?", "format", "", gives_formatted},
    {"vim", "system", "command"},
    {"vim.fn", "system systemlist jobstart termopen", "command"},
    {"vim.fn", "delete", "delete-tree"},
    {"vim.fn", "readfile", "read", gives_contents},
    {"vim.fn", "writefile", "- write"},
    {"vim.fn", "expand", "", gives_home_expanded},
    {"vim.fs", "rm", "delete-flag recursive|recursive"},
    {"vim.uv", "fs_unlink fs_rmdir", "delete"},
    {"vim.loop", "fs_unlink fs_rmdir", "delete"},
    {"vim.uv", "spawn", "program"},
};
constexpr Alias kLuaAliases[] = {{"_G", ""}, {"_ENV", ""}, {"package.loaded", ""}};

}  // namespace

constexpr Dialect kLua{.language = "lua",
                       .traits = Trait::bare_literals | Trait::newline_ends | Trait::ends_blocks,
                       .comments = kLuaComments,
                       .strings = kLuaStrings,
                       .accessors = ". :",
                       .joins = "..",
                       .assigns = "=",
                       .words = "local return if then else elseif end while do for in and or not function repeat until",
                       .definers = "function",
                       .keeps = "print type tostring tonumber ipairs pairs next select unpack assert error setmetatable getmetatable rawget rawlen rawequal string math os io table",
                       .first_index = 1,
                       .parameters = "arg",
                       .parameter_offset = 1,
                       .callees = kLuaCallees,
                       .aliases = kLuaAliases};

const Dialect& lua() { return kLua; }

}  // namespace belay::command::inline_code
