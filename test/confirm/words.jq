# The simple commands in a tree of `shfmt -tojson`, each an array of its words: text, or null for a word with an expansion or $'…'.
def unquoted: gsub("\\\\\n"; "") | gsub("\\\\(?<c>[\\s\\S])"; .c);
def in_double_quotes: gsub("\\\\\n"; "") | gsub("\\\\(?<c>[$`\"\\\\])"; .c);
def part:
  if .Type == "Lit" then .Value // "" | unquoted
  elif .Type == "SglQuoted" then if .Dollar then null else .Value // "" end
  elif .Type == "DblQuoted" then
    [(.Parts // [])[] | if .Type == "Lit" then .Value | in_double_quotes else null end] | if any(. == null) then null else add // "" end
  else null end;
def word: [(.Parts // [])[] | part] | if any(. == null) then null else add // "" end;
.. | objects | select(.Type == "CallExpr" and (.Args | length) > 0) | [.Args[] | word]
