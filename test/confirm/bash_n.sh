#!/bin/bash
# What lib/shell accepts, `bash -n` accepts, and the other way round: every row of test/cases/shell/rows.txt, and every script found
# on this machine. `bash -n` reads and never runs.
#   test/confirm/bash_n.sh SHELL_DUMP
set -u
shell_dump=$1
rows=$(dirname "$0")/../cases/shell/rows.txt
command -v bash >/dev/null || { echo "no bash here"; exit 125; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# One file per row; its name ends in `.other` where the file says that bash sees it otherwise.
awk -v dir="$scratch" '
  /^=>/ { if (script != "") { name = sprintf("%s/%04d%s", dir, ++n, /^=>!/ ? ".other" : ".row"); printf "%s", script > name; close(name) } script = ""; next }
  script == "" && (/^#: / || /^# / || /^$/) { next }
  { script = script $0 "\n" }' "$rows"

failed=0 compared=0
accepts_bash() { (cd / && env -i PATH=/usr/bin:/bin bash -O extglob -n "$1") >/dev/null 2>&1 && echo yes || echo no; }
compare() {  # file, what must be equal
  local ours theirs
  ours=$("$shell_dump" accepts "$1")
  theirs=$(accepts_bash "$1")
  compared=$((compared + 1))
  case $1 in *.other) [ "$ours" != "$theirs" ] ;; *) [ "$ours" = "$theirs" ] ;; esac && return
  failed=$((failed + 1))
  printf 'lib/shell: %s, bash -n: %s, for %s\n' "$ours" "$theirs" "$1"
  [ -n "${1##"$scratch"/*}" ] || sed 's/^/    /' "$1"
}
for file in "$scratch"/*.row "$scratch"/*.other; do compare "$file"; done
rows_compared=$compared
while IFS= read -r file; do
  head -c 64 "$file" 2>/dev/null | head -n 1 | grep -aqE '^#! ?(/usr)?/bin/(env )?(ba|da)?sh' && compare "$file"
done < <(find /usr/bin /usr/sbin /usr/lib /usr/share /etc /var/lib/dpkg/info -xdev -type f -size -200k \
           \( -name '*.sh' -o -perm -u+x -o -name '*.postinst' -o -name '*.prerm' \) ! -name '*.so*' 2>/dev/null | sort | head -n 6000)
printf '%s rows and %s scripts of this machine compared, %s differ\n' "$rows_compared" $((compared - rows_compared)) "$failed"
[ "$failed" -eq 0 ] && [ "$rows_compared" -gt 90 ]
