#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/budget.h"
#include "command/analyse.h"
#include "command/expand.h"
#include "command/output/filters.h"
#include "command/frame.h"
#include "command/links.h"
#include "command/redirections.h"
#include "command/written_names.h"
#include "shell/parser.h"

namespace belay::command {

/// Runs shell text abstractly: every command in order, every branch, each loop as far as it is literal; see command/analyse.h; `folder` is the call's own.
class Evaluator final : public Host, private Substitution {
 public:
  Evaluator(const World& world, std::span<const image::View* const> knowledge, const Limits& limits, Text folder = {});

  /// The text of the call itself.
  void script(std::string_view code, const Text& cwd);
  void command(std::vector<Text> argv, const Text& cwd);
  [[nodiscard]] model::Analysis take() { return std::move(analysis_); }
  // Host
  std::uint32_t emit(model::Operation op) override;
  void flow(std::uint32_t from, std::uint32_t to) override;
  void copied(std::uint32_t from, std::uint32_t to) override;
  [[nodiscard]] model::Path path(const Text& written, const Text& folder) override;
  [[nodiscard]] model::Path workplace(const Text& folder) override;
  [[nodiscard]] std::optional<bool> is_folder(const Text& path, const Text& folder) const override;
  [[nodiscard]] std::optional<Input> written(const Text& path, const Text& folder) override;
  [[nodiscard]] std::vector<std::string> written_names(const Text& folder) const override;
  [[nodiscard]] std::vector<std::string> written_like(std::string_view end) const override;
  [[nodiscard]] bool has_written() const override { return !written_.empty(); }
  void build(const Text& path, const Text& folder, const Built& program) override;
  [[nodiscard]] Built built(const Text& path, const Text& folder) override;
  [[nodiscard]] std::optional<Input> stored(const Text& path, const Text& folder) override;
  void run(const Invocation& inner) override;
  Input output_of(const Invocation& inner) override;
  void printed(const Text& text, bool all, Taint taint) override;
  void run_shell(const Text& code, const std::vector<Text>& parameters, const Invocation& around) override;
  [[nodiscard]] std::span<const image::View* const> knowledge() const override { return knowledge_; }
  [[nodiscard]] std::vector<Text> homes() const override;

  // What built-ins need.
  Output list(const shell::List* list, Frame& frame);  ///< null: the text ended before it
  void run_as(ShellKind shell, const std::string& code, const std::vector<Text>& parameters, const Invocation& around);
  /// Code in the same shell (eval, trap), which may come out of a file or a pipe: changes of state stay.
  Output code_here(const Text& code, Frame& frame, Taint taint);
  Output code_from(const Input& input, Frame& frame);
  Output external(const std::vector<Text>& argv, Frame& frame, const Input& input, base::Span span);
  [[nodiscard]] std::uint32_t nesting() const { return depth_; }
  [[nodiscard]] std::uint32_t last_operation() const { return static_cast<std::uint32_t>(analysis_.operations.size()) - 1; }
  void opaque(model::OpaqueReason reason, std::string detail, base::Span span);
  Expander expander(Frame& frame) {
    current_ = &frame;
    return Expander(frame.state, world_, limits_, *this);
  }
  void assign(const shell::Assignment& assignment, Frame& frame);
  /// `name=value` or `name+=value`, as the attributes of the variable want it.
  void put(const std::string& name, Value value, bool append, Frame& frame);
  [[nodiscard]] const World& world() const { return world_; }
  [[nodiscard]] const Limits& limits() const { return limits_; }
  [[nodiscard]] bool is_folder(const Text& absolute) const;
  [[nodiscard]] static base::Span place(const Frame& frame, base::Span span) { return frame.nested ? frame.span : span; }
 private:
  // Substitution
  Value command_output(const shell::List& body) override;
  Value process(const shell::ProcessSubst& substitution) override;
  void run_prompt(const Text& text) override;
  Value parent_process() override;

  void script_once(std::string_view code, const Text& cwd);
  void script_in(Frame& frame, std::string_view code);
  Output whole_shell(const shell::List* body, Frame& frame);  ///< of a subshell, its end included
  void end_shell(Frame& frame, Exits& exits);
  Output and_or(const shell::AndOr& chain, Frame& frame);
  Output pipeline(const shell::Pipeline& pipeline, Frame& frame);
  Output command(const shell::Command& command, Frame& frame);
  Output node(const shell::Command& command, Frame& frame, const Input& input);
  Output compound(const shell::Command& command, Frame& frame);
  Output branches(const shell::If& node, Frame& frame);
  static void add_branch(Output& out, const Output& next, const State& state, bool doubtful, bool decided);
  Output loop(const shell::For& node, Frame& frame);
  Output rounds(const shell::For& node, const std::vector<Value>& items, Frame& frame);
  bool round(const LoopParts& parts, Frame& frame, Exits& exits, std::vector<State>& ends, Output& out);
  Output repeat(const LoopParts& parts, Frame& frame);
  Output loop(const shell::While& node, Frame& frame);
  Output loop(const shell::ArithFor& node, Frame& frame);
  Output select_case(const shell::Case& node, Frame& frame);
  Output group(const shell::Group& node, Frame& frame);
  Output define(const shell::Function& node, Frame& frame);
  Output calculate(const shell::Word& expression, Frame& frame);
  Output conditional(const shell::Conditional& node, Frame& frame);
  void declare_arrays(const shell::SimpleCommand& node, Frame& frame);
  Output simple(const shell::SimpleCommand& node, const shell::Command& whole, Frame& frame, const Input& input);
  Output assign_only(const shell::SimpleCommand& node, const shell::Command& whole, Frame& frame, const Input& input);
  Output attempts(const Fields& fields, Frame& frame, const Input& input, base::Span span);
  Output one(const std::vector<Text>& argv, Frame& frame, const Input& input, base::Span span);
  Output computed(const std::vector<Text>& argv, Frame& frame, const Input& input, base::Span span);
  void not_found(const std::vector<Text>& argv, const Frame& frame, const Input& input);
  Output call_function(const shell::Command& body, const std::vector<Text>& argv, Frame& frame, const Input& input);
  void assign_plain(const shell::Assignment& assignment, Frame& frame);
  void assign_array(const shell::Assignment& assignment, Frame& frame);
  void import_functions(const Setting& setting, Frame& frame);
  void import_function(std::string_view name, const Text& text, Frame& frame);
  void trace(Frame& frame);
  using Shadowed = std::vector<std::pair<std::string, std::optional<Variable>>>;
  void bind(const shell::SimpleCommand& node, Frame& frame, Shadowed& shadowed);
  static void unbind(Frame& frame, std::size_t bound, Shadowed& shadowed);
  Fields words(const std::vector<shell::Word>& words, Frame& frame);
  Fields declared_fields(const std::vector<shell::Word>& words, Frame& frame);
  /// Data of `sources` reaches what was emitted since: requests, statements, writes, commands.
  void link_sources(const std::vector<std::uint32_t>& sources, std::uint32_t first_operation);
  Output parsed(std::string_view code, Frame& frame);
  Redirections redirect(const std::vector<shell::Redirect>& redirects, Frame& frame);
  void redirect_one(const shell::Redirect& r, Frame& frame, Redirections& out);
  void clobbered(const shell::SimpleCommand& node, const std::vector<shell::Redirect>& redirects, Frame& frame, Redirections& out);
  void redirect_file(const shell::Redirect& r, const Text& target, Frame& frame, Redirections& out, Descriptor& opened);
  // Numbered descriptors and what reads from them; descriptors.cc.
  void open(int number, Descriptor descriptor, Frame& frame, Redirections& out);
  [[nodiscard]] int number_of(const shell::Redirect& r, Frame& frame);
  [[nodiscard]] const Descriptor* open_under(std::string_view path) const;
  void duplicate(const shell::Redirect& r, std::string_view source, Frame& frame, Redirections& out);
  void write_to(const Descriptor& descriptor, base::Span span, Redirections& out);
  Output feed(const Sink& sink, Input content);
  Output delivered(Output out, Frame& frame);
  void drain(std::size_t waiting, const Input& input, Output& out);
  void start_coprocess(const shell::Coproc& node, Frame& frame);
  [[nodiscard]] Input document(const shell::Redirect& r, Frame& frame);
  void settle(const Redirections& redirections, std::uint32_t first_operation, Output& output);
  void remember(const model::Operation& op, std::uint32_t index);
  [[nodiscard]] bool makes_pipe(const model::Operation& op) const;
  Output run_known(const Invocation& invocation);
  void run_written(const Invocation& invocation, bool in_place_of_another);
  [[nodiscard]] std::optional<Invocation> under_first_name(const Invocation& invocation) const;
  [[nodiscard]] std::string found_in_search_path(const Invocation& invocation) const;
  [[nodiscard]] bool is_own_file(const std::string& path) const;
  [[nodiscard]] std::string linked_program(const std::string& path) const;
  [[nodiscard]] bool may_be_own(const std::string& path) const;
  [[nodiscard]] std::optional<Input> own_script(const Invocation& invocation, bool in_place_of_another);
  /// One more simple command; false when there were enough. What a stored script does is not worth as much patience.
  [[nodiscard]] bool spend_command() { return stored_ == 0 ? commands_.spend() : stored_commands_.spend(); }
  void printed_inside(Output out, const Setting& setting);
  void fill_outputs(std::uint32_t first_operation, const Text& text);
  [[nodiscard]] std::optional<FilterCall> filter_of(const Invocation& invocation);
  Output of_effects(const Invocation& invocation, const std::optional<FilterCall>& filter, std::uint32_t first_operation, Output inner);
  [[nodiscard]] std::optional<Text> files_text(const Invocation& invocation);
  void settle_glob(model::OpKind kind, model::FileAccess& access);
  void add_listed(const Text& folder, bool hidden, model::Path& to) const;
  /// Of the world, which has some, after what the call did.
  [[nodiscard]] const base::FileView& files() const;
  /// What the file system says of a path; false when it would not say.
  bool look_up(const Text& folder, model::Path& out);
  [[nodiscard]] Setting setting_of(const Frame& frame, const Text& cwd) const;
  [[nodiscard]] std::optional<std::string> code_text(const Text& code, Taint taint, base::Span span);

  const World& world_;
  Text folder_;
  std::optional<LinkedFiles> linked_;  ///< from the first command on that makes links
  std::span<const image::View* const> knowledge_;
  Limits limits_;
  model::Analysis analysis_;
  std::deque<shell::Script> scripts_;  ///< trees stay where they are: functions point into them
  std::map<std::string, Written, std::less<>> written_;   ///< lexical path -> what this call wrote there
  mutable WrittenNames written_names_;
  std::set<std::string, std::less<>> pipes_;              ///< lexical paths of what mkfifo made: they are read before they are written
  std::map<std::string, std::string, std::less<>> originals_;  ///< lexical path -> of what this call made it a copy or link
  std::map<std::string, Built, std::less<>> built_;  ///< lexical path -> what this call compiled there
  std::map<std::string, Output, std::less<>> processes_;  ///< /dev/fd names of `<(…)`
  std::map<std::string, std::shared_ptr<const Sink>, std::less<>> sinks_;  ///< /dev/fd names of `>(…)`
  std::vector<std::string> waiting_;                      ///< those of them that nothing was written to yet
  std::optional<int> substitution_status_;                ///< of the last `$(…)`
  std::uint32_t substitutions_ = 0, depth_ = 0;
  std::vector<const shell::Command*> calls_;  ///< bodies of the functions at work
  std::optional<Output> inner_output_;        ///< of what the command at work ran itself
  base::Budget commands_, stored_commands_, text_, filtered_;
  std::uint32_t guesses_ = 0;  ///< commands at work that may not run at all
  std::uint32_t stored_ = 0;   ///< scripts at work that lay on the disk before the call
  std::set<const shell::Command*> stored_functions_;  ///< bodies that such scripts defined
  bool over_limit_ = false, last_words_ = false;  ///< the latter: some text asks for `$_`
  bool second_reading_ = false;  ///< of a text that another shell may read otherwise
  enum class Reading : std::uint8_t { none, first, again } own_text_ = Reading::none;  ///< of the call's own text: in bash, in zsh
  Frame* current_ = nullptr;  ///< whose words are being expanded
  base::Span current_span_;   ///< of the command at work
  model::Path workplace_;     ///< the last folder that was asked for, while no link was made
};

}  // namespace belay::command
