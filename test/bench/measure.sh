# What the scripts of this folder share; to be sourced. `scratch` names a folder of the caller's, `belay` the program.

# The payload of a shell command, as Claude Code sends it. The text on standard input, as it is.
payload() { payloads | tr -d '\n'; }
# The same of many that are parted by zero bytes, a line each.
payloads() {
  jq -Rsc 'split("\u0000") | .[] | select(. != "") | {session_id: "s", transcript_path: "/home/dev/.claude/projects/p/s.jsonl", cwd: "/home/dev/project", permission_mode: "default",
    hook_event_name: "PreToolUse", tool_name: "Bash", tool_input: {command: .}, tool_use_id: "toolu_1"}'
}

# A here-document of at least BYTES that is written to a file.
here_document() {
  echo "cat > notes.md <<'E'"
  awk -v bytes="$1" 'BEGIN { for (n = 0; n < bytes; n += 64) print "a line of text that is written to a file, as long as sixty-four." }'
  echo E
}

# Instructions in user space of COMMAND with INPUT as standard input; `too slow` if the hook's own deadline ended it, time after time: its
# clock is the machine's, and under valgrind a busy machine may be too slow for it.
# Where valgrind does not know openat2(2) the hook takes every file system for one that may hang and goes on in a child, whose count then has
# all that came before it: the largest is the call's.
count() {
  local input=$1 first=
  shift
  nice -n -15 true 2>/dev/null && first="nice -n -15"  # before all others, where that is allowed
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    rm -f "$scratch"/count.*
    $first valgrind --tool=callgrind --callgrind-out-file=/dev/null --log-file="$scratch/count.%p" "$@" <"$input" >/dev/null 2>"$scratch/said" || true
    grep -q 'took too long' "$scratch/said" && continue
    cat "$scratch"/count.* | sed -n 's/.*Collected *: *\([0-9]*\).*/\1/p' | sort -n | tail -n 1
    return
  done
  echo "too slow"
}

# Of a program that is older than what it is made of there is nothing to say: ends the script as skipped.
must_be_current() {
  [ -z "$(find cmd lib rules cmake -type f -newer "$1" -print -quit)" ] || { echo "skipped: $1 is older than its sources"; exit 125; }
}
