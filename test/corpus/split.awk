# Cuts the files of benign/ into commands, each ended by NUL. A command is one line; one with a here-document goes on to its delimiter; one
# with other line breaks stands between two lines that hold only `%`.
function finish() { if (command != "") printf "%s%c", command, 0; command = ""; delimiter = "" }
$0 == "%" { if (block) finish(); block = !block; next }
{ command = command (command == "" ? "" : "\n") $0 }
block { next }
delimiter == "" {
  text = $0
  gsub(/<<</, "   ", text)                              # a here-string has no body
  if (match(text, /<<-? *["'\\]?[A-Za-z_]+/)) {
    delimiter = substr(text, RSTART, RLENGTH)
    tabs = delimiter ~ /^<<-/
    gsub(/[^A-Za-z_]/, "", delimiter)
    next
  }
}
delimiter != "" { line = $0; if (tabs) sub(/^\t+/, "", line); if (line != delimiter) next }
{ finish() }
