#!/bin/bash
# The tree of lib/shell against that of shfmt (mvdan.cc/sh): the simple commands of every shell script on this machine, with their literal words.
#   test/confirm/shfmt.sh SHELL_DUMP
set -u
shell_dump=$1
for tool in shfmt jq; do command -v $tool >/dev/null || { echo "no $tool here"; exit 125; }; done
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
words=$(dirname "$0")/words.jq

# shfmt gives these built-ins, reserved words and tests nodes of their own. Bytes that are no UTF-8 come out of the two programs differently.
normal='select(.[0] as $first | ["declare","local","export","readonly","typeset","nameref","let","time"] | index($first) | not)'
compared=0 failed=0 refused=0
while IFS= read -r file; do
  head -c 64 "$file" 2>/dev/null | head -n 1 | grep -aqE '^#! ?(/usr)?/bin/(env )?(ba|da)?sh' || continue
  iconv -f UTF-8 -t UTF-8 "$file" >/dev/null 2>&1 || continue
  if ! shfmt -ln bash -tojson <"$file" >"$scratch/tree" 2>/dev/null; then refused=$((refused + 1)); continue; fi
  jq -c -f "$words" "$scratch/tree" | jq -c "$normal" | sort >"$scratch/theirs"
  "$shell_dump" commands "$file" | jq -c "$normal" | sort >"$scratch/ours"
  compared=$((compared + 1))
  cmp -s "$scratch/ours" "$scratch/theirs" && continue
  # shfmt leaves the backslashes of text between backticks, and takes a # right behind a closing quote for a comment; bash does neither.
  if grep -qE '`[^`]*\\|[^ ]"# ' "$file"; then refused=$((refused + 1)); continue; fi
  failed=$((failed + 1))
  printf '%s\n' "$file"
  diff "$scratch/ours" "$scratch/theirs" | head -n 6 | cut -c 1-200
done < <(find /usr/bin /usr/sbin /usr/lib /usr/share /etc /var/lib/dpkg/info -xdev -type f -size -200k \
           \( -name '*.sh' -o -perm -u+x -o -name '*.postinst' -o -name '*.prerm' \) ! -name '*.so*' 2>/dev/null | sort | head -n 3000)
printf '%s scripts compared, %s differ (%s are not for shfmt)\n' "$compared" "$failed" "$refused"
[ "$failed" -eq 0 ]
