#pragma once

#include "command/inline/walker.h"

/// What functions return: the few that compute paths, commands and code out of literals.
namespace belay::command::inline_code {

Value gives_first(const Call& call, Walker& walker);        ///< its first argument, or the object of a method
Value gives_path(const Call& call, Walker& walker);         ///< an object `#Path` of all arguments joined
Value gives_joined_path(const Call& call, Walker& walker);  ///< the text a/b/c
Value gives_below(const Call& call, Walker& walker);        ///< `#Path`: the object and all arguments joined
Value gives_parent(const Call& call, Walker& walker);
Value gives_home(const Call& call, Walker& walker);
Value gives_home_path(const Call& call, Walker& walker);
Value gives_home_expanded(const Call& call, Walker& walker);  ///< `~/x` and `$HOME/x`
Value gives_here(const Call& call, Walker& walker);           ///< the working folder
Value gives_folder_of(const Call& call, Walker& walker);
Value gives_above(const Call& call, Walker& walker);
Value gives_temporary(const Call& call, Walker& walker);
Value gives_temporary_and_name(const Call& call, Walker& walker);
Value gives_temporary_file(const Call& call, Walker& walker);
Value gives_options(const Call& call, Walker& walker);       ///< of a parser of the program's arguments
Value gives_variable(const Call& call, Walker& walker);      ///< of the environment
Value gives_glob(const Call& call, Walker& walker);          ///< names that match
Value gives_glob_at_home(const Call& call, Walker& walker);  ///< the same, where `~` at the front is the home folder
Value gives_glob_below(const Call& call, Walker& walker);    ///< … below the object; `rglob`
Value gives_names_in(const Call& call, Walker& walker);      ///< names in a folder
Value gives_paths_in(const Call& call, Walker& walker);
Value gives_walk(const Call& call, Walker& walker);          ///< (folder, folders, files)
Value gives_file(const Call& call, Walker& walker);          ///< an open file
Value gives_stream(const Call& call, Walker& walker);        ///< a file that is open for writing
Value gives_file_given(const Call& call, Walker& walker);    ///< the same, to the function that comes first
Value gives_contents(const Call& call, Walker& walker);      ///< what is read of it
Value gives_joined(const Call& call, Walker& walker);        ///< separator.join(list)
Value gives_js_joined(const Call& call, Walker& walker);     ///< list.join(separator)
Value gives_concatenated(const Call& call, Walker& walker);  ///< all arguments in one text
Value gives_replaced(const Call& call, Walker& walker);      ///< text.replace(a, b)
Value gives_replaced_once(const Call& call, Walker& walker);
Value gives_reversed(const Call& call, Walker& walker);
Value gives_split(const Call& call, Walker& walker);      ///< text.split(separator)
Value gives_formatted(const Call& call, Walker& walker);  ///< `%s` filled in (formats.cc)
Value gives_filled(const Call& call, Walker& walker);     ///< `{}` filled in
/// A whole number, also in hexadecimal digits; negative when it is none.
[[nodiscard]] long number_of(const Value& v);
Value gives_base64(const Call& call, Walker& walker);     ///< decoded
Value gives_hex(const Call& call, Walker& walker);
Value gives_decoded(const Call& call, Walker& walker);     ///< by the encoding that is named
Value gives_characters(const Call& call, Walker& walker);  ///< chr(47), String.fromCharCode(114, 109)
Value gives_unreadable(const Call& call, Walker& walker);  ///< what another decoder puts out
Value gives_member(const Call& call, Walker& walker);      ///< getattr(object, name)
Value gives_module(const Call& call, Walker& walker);
Value gives_namespace(const Call& call, Walker& walker);        ///< globals(): its keys are plain names
Value gives_sent(const Call& call, Walker& walker);             ///< object.send(:name, arguments)
Value gives_called(const Call& call, Walker& walker);           ///< call(function, arguments…)
Value gives_called_for_each(const Call& call, Walker& walker);  ///< map(function, list)
Value gives_text_of(const Call& call, Walker& walker);          ///< a property that reads the file
Value gives_pipe(const Call& call, Walker& walker);            ///< the standard input of a command: `#shell` when that is a shell
Value gives_element_called(const Call& call, Walker& walker);  ///< each(list, function)
Value gives_function_applied(const Call& call, Walker& walker);  ///< apply(Module, :function, list), apply(function, list)
Value gives_names_or_paths(const Call& call, Walker& walker);    ///< names in a folder, or with `join` the paths
Value gives_each_called(const Call& call, Walker& walker);       ///< list.forEach(function)
Value gives_list(const Call& call, Walker& walker);              ///< of the arguments
Value gives_request(const Call& call, Walker& walker);           ///< `#Request`: url, body, headers, method
Value gives_connection(const Call& call, Walker& walker);        ///< `#Connection` to a host
Value gives_session(const Call& call, Walker& walker);
Value gives_socket(const Call& call, Walker& walker);
Value gives_object(const Call& call, Walker& walker);  ///< the object of the method
Value gives_temporary_folder(const Call& call, Walker& walker);
Value gives_network(const Call& call, Walker& walker);      ///< something read from the network
Value gives_library(const Call& call, Walker& walker);      ///< `#Library`: functions of C
Value gives_first_split(const Call& call, Walker& walker);  ///< its first argument cut at blanks
Value gives_require(const Call& call, Walker& walker);      ///< the function `require`
Value gives_applied(const Call& call, Walker& walker);      ///< function.call(this, arguments…), function.apply(this, list)
Value gives_perl_joined(const Call& call, Walker& walker);  ///< join(separator, list…)
Value gives_perl_file(const Call& call, Walker& walker);
Value gives_method(const Call& call, Walker& walker);         ///< Kernel.method(:system)
Value gives_object_called(const Call& call, Walker& walker);  ///< function.call(arguments…)
Value gives_constant(const Call& call, Walker& walker);       ///< Object.const_get("File")
Value gives_sent_plain(const Call& call, Walker& walker);     ///< send(:system, …)
Value gives_rot13(const Call& call, Walker& walker);
Value gives_table_joined(const Call& call, Walker& walker);  ///< table.concat(list, separator)
Value gives_parsed(const Call& call, Walker& walker);        ///< code as text, to be run
Value gives_do_called(const Call& call, Walker& walker);     ///< do.call("name", list(arguments))
Value gives_serialised(const Call& call, Walker& walker);    ///< JSON and its like
Value gives_serialised_object(const Call& call, Walker& walker);
Value gives_pasted(const Call& call, Walker& walker);  ///< all arguments with blanks between them
Value gives_input(const Call& call, Walker& walker);   ///< what stands on standard input, when it is known
Value gives_input_lines(const Call& call, Walker& walker);
Value gives_parser(const Call& call, Walker& walker);
Value gives_given_files(const Call& call, Walker& walker);
Value gives_given_or_named_files(const Call& call, Walker& walker);
[[nodiscard]] Value lines_of_input(const program::Effects& effects);
Value gives_parameter(const Call& call, Walker& walker);  ///< the first argument of the program

// passed.cc: functions as values
Value gives_bound(const Call& call, Walker& walker);             ///< `#Bound`: a function with some of its arguments
Value gives_reflected(const Call& call, Walker& walker);         ///< Reflect.apply(f, this, list)
Value gives_sorted(const Call& call, Walker& walker);            ///< the list; a key function is called with each element
Value gives_called_with_each(const Call& call, Walker& walker);  ///< starmap(f, lists of arguments)
Value gives_handled(const Call& call, Walker& walker);
Value gives_last(const Call& call, Walker& walker);
Value gives_lua_replaced(const Call& call, Walker& walker);
Value gives_reduced(const Call& call, Walker& walker);

// processes.cc: commands that are told what to do, programs that are called
Value gives_ipython(const Call& call, Walker& walker);       ///< the shell around the code
Value gives_magic(const Call& call, Walker& walker);         ///< nothing that is known; `%name line` is run
Value gives_process(const Call& call, Walker& walker);       ///< `#Process`: the command that was run
Value gives_process_list(const Call& call, Walker& walker);  ///< its input, its output …
Value gives_terminal(const Call& call, Walker& walker);      ///< its output, its input, its number
Value gives_perl_handle(const Call& call, Walker& walker);   ///< a file or a command; binds the handle
Value gives_second_handle(const Call& call, Walker& walker);
Value gives_third_handles(const Call& call, Walker& walker);
Value gives_piped(const Call& call, Walker& walker);
Value gives_program(const Call& call, Walker& walker);  ///< `#Program` with its first words
Value gives_program_run(const Call& call, Walker& walker);
Value gives_shell(const Call& call, Walker& walker);
Value gives_remote(const Call& call, Walker& walker);
Value gives_file_system(const Call& call, Walker& walker);
Value gives_task(const Call& call, Walker& walker);
Value gives_run_on_parameters(const Call& call, Walker& walker);

Value gives_repository(const Call& call, Walker& walker);  ///< `#Repository`
Value gives_git(const Call& call, Walker& walker);         ///< a program whose members are its commands
Value gives_reset(const Call& call, Walker& walker);
Value gives_process_of_object(const Call& call, Walker& walker);

// lists.cc
Value gives_reversed_in_place(const Call& call, Walker& walker);
Value gives_cleared(const Call& call, Walker& walker);
Value gives_replaced_whole(const Call& call, Walker& walker);
Value gives_all_lists(const Call& call, Walker& walker);  ///< their items in one
Value gives_dict(const Call& call, Walker& walker);
Value gives_exploded(const Call& call, Walker& walker);
Value gives_found(const Call& call, Walker& walker);  ///< File::Find
Value gives_grown(const Call& call, Walker& walker);
Value gives_grown_first(const Call& call, Walker& walker);  ///< the list is the first argument
Value gives_list_joined(const Call& call, Walker& walker);
Value gives_merged(const Call& call, Walker& walker);
Value gives_updated(const Call& call, Walker& walker);
Value gives_extracted(const Call& call, Walker& walker);
Value gives_defined(const Call& call, Walker& walker);
Value gives_element(const Call& call, Walker& walker);
Value gives_field(const Call& call, Walker& walker);
Value gives_values(const Call& call, Walker& walker);
Value gives_part(const Call& call, Walker& walker);
[[nodiscard]] Value sliced(const Value& of, std::string_view spec);
/// The elements or bytes that `2:-2`, `2..5` or `2` picks.
[[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> range_of(const Value& of, std::string_view spec);
[[nodiscard]] Value at_position(const Value& of, std::string_view number);

// texts.cc
Value gives_trimmed(const Call& call, Walker& walker);
Value gives_cut_off(const Call& call, Walker& walker);
Value gives_lower(const Call& call, Walker& walker);
Value gives_upper(const Call& call, Walker& walker);
Value gives_swapped(const Call& call, Walker& walker);
Value gives_transliterated(const Call& call, Walker& walker);
Value gives_letters(const Call& call, Walker& walker);
Value gives_repeated(const Call& call, Walker& walker);
Value gives_unescaped(const Call& call, Walker& walker);
Value gives_bytes(const Call& call, Walker& walker);
Value gives_packed(const Call& call, Walker& walker);
Value gives_unpacked(const Call& call, Walker& walker);
[[nodiscard]] Value transliterated(const Value& text, std::string_view from, std::string_view to);
[[nodiscard]] Value unescaped(const Value& v);
[[nodiscard]] Value substituted(const Value& text, const Token& operation);
[[nodiscard]] Value repeated(const Value& v, const Value& times);

// reflection.cc
Value gives_evaluated(const Call& call, Walker& walker);    ///< what the code that it was given returns
Value gives_maker(const Call& call, Walker& walker);        ///< `#Returns`: a function that returns that
Value gives_own_member(const Call& call, Walker& walker);   ///< object.__getattribute__(name)
Value gives_located(const Call& call, Walker& walker);      ///< of a dotted name in a text
Value gives_constructor(const Call& call, Walker& walker);  ///< `f.constructor("code")`
Value gives_worker(const Call& call, Walker& walker);
[[nodiscard]] std::optional<Value> code_of_url(const Value& url);
Value gives_type_name(const Call& call, Walker& walker);  ///< an object whose methods are rows of that name
Value gives_breakpoint(const Call& call, Walker& walker);
Value gives_unpickled(const Call& call, Walker& walker);
Value gives_json(const Call& call, Walker& walker);
Value gives_examples(const Call& call, Walker& walker);
Value gives_template(const Call& call, Walker& walker);  ///< runs the code between `<%` and `%>`

}  // namespace belay::command::inline_code
