#!/bin/bash
# What commands become: lib/command against real shells. Every row of test/cases/values, and some thousand generated ones, are run by the shell in
# a private root that holds nothing but the shell, a few text tools and stub programs that note their words; as nobody, without network, with
# limits. The calls noted are compared with the exec operations that the evaluator found. Other shells than bash have rows of their own
# (test/cases/values/SHELL); of bash's rows, read by them, none may be wrong.
#   test/confirm/values.sh VALUES_DUMP [SHELL [SEED [COUNT]]]
set -u
dump=$(realpath "$1") shell=${2:-bash} seed=${3:-20260425} count=${4:-1500}
cd "$(dirname "$0")/../.." || exit 1
known=test/confirm/$shell.known
skip() { echo "not here: $1"; exit 125; }
for tool in busybox unshare chroot ldd "$shell"; do command -v $tool >/dev/null || skip "no $tool"; done
compiler=${CXX:-c++}
command -v "$compiler" >/dev/null || skip "no compiler for the stub programs"
# Without privileges a user namespace stands in for them.
spaces=(unshare --mount --pid --net --ipc --uts --fork --kill-child)
user=(--userspec=65534:65534)
if [ "$(id -u)" -ne 0 ]; then spaces=(unshare --user --map-root-user --mount --pid --net --ipc --uts --fork --kill-child); user=(); fi
"${spaces[@]}" true 2>/dev/null || skip "namespaces cannot be made"

root=$(mktemp -d)
trap 'rm -rf --one-file-system "$root"' EXIT
mkdir -p "$root"/{bin,dev,etc,log,proc,tmp,usr}
ln -s ../bin "$root/usr/bin"
"$compiler" -std=c++20 -O1 -static -o "$root/values_oracle" test/confirm/values_oracle.cc || skip "no static programs"
put() {  # a program or library, with what it loads
  mkdir -p "$root$(dirname "$2")"
  cp -L "$1" "$root$2"
  ldd "$1" | grep -o '/[^ ]*' | while read -r library; do
    mkdir -p "$root/$(dirname "$library")"
    cp -L "$library" "$root/$library"
  done
}
put "$(command -v "$shell")" "/bin/$shell"
case $shell in
  fish | tcsh) put "$(command -v bash)" /bin/sh ;;  # they are no sh
  *) ln "$root/bin/$shell" "$root/bin/sh" ;;
esac
case $shell in
  zsh) for module in "$(dirname "$(dirname "$(readlink -f "$(command -v zsh)")")")"/lib/*/zsh/*/zsh/*.so /usr/lib/*/zsh/*/zsh/*.so; do [ -e "$module" ] && put "$module" "$module"; done ;;
  fish) mkdir -p "$root/usr/share" && cp -r /usr/share/fish "$root/usr/share/fish" ;;
esac
cp "$(command -v busybox)" "$root/bin/cat"
for tool in tee rev tr basename dirname base64 xxd sort uniq tac sed env seq echo printf pwd true false; do ln "$root/bin/cat" "$root/bin/$tool"; done
# Those whose output is worked out are the real ones: busybox has ways of its own.
for tool in tr sort uniq tac sed seq basename dirname head tail cut grep fold nl paste expr yes awk xargs date; do
  rm -f "$root/bin/$tool" && put "$(realpath "$(command -v $tool)")" "/bin/$tool"
done
for stub in $("$dump" stubs .) not_found; do ln "$root/values_oracle" "$root/bin/$stub"; done
grep -v '^#' test/cases/values/world | while read -r kind path; do
  mkdir -p "$root/$(dirname "$path")"
  if [ "$kind" = dir ]; then mkdir -p "$root/$path"; else : >"$root/$path"; fi
done
printf '%s\n' root:x:0:0::/root:/bin/bash dev:x:1000:1000::/home/dev:/bin/bash nobody:x:65534:65534::/home/dev:/bin/bash >"$root/etc/passwd"
: >"$root/log/calls"
chmod 755 "$root"
chmod 777 "$root/tmp"
chmod 666 "$root/log/calls"

cases=$root.cases
trap 'rm -rf --one-file-system "$root" "$cases"' EXIT
case $shell in
  bash) "$dump" rows . test/cases/values/*.txt && "$dump" generate . "$seed" "$count" ;;
  dash | zsh) "$dump" rows . test/cases/values/"$shell"/*.txt && "$dump" lenient . test/cases/values/*.txt && "$dump" generate . "$seed" "$count" ;;
  *) "$dump" rows . test/cases/values/"$shell"/*.txt ;;
esac >"$cases" || exit 1
# shellcheck disable=SC2016  # the inner shell expands these
"${spaces[@]}" /bin/sh -c '
  set -e; root=$1; shift
  mount --make-rprivate / 2>/dev/null || true
  : >"$root/dev/null"; mount --bind /dev/null "$root/dev/null"
  mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
  ln -s /proc/self/fd "$root/dev/fd"; ln -s /proc/self/fd/0 "$root/dev/stdin"; ln -s /proc/self/fd/1 "$root/dev/stdout"
  ulimit -u 2000 -n 256 2>/dev/null || true
  exec env -i "$(command -v chroot)" "$@"' sh "$root" "${user[@]}" "$root" /values_oracle "$shell" <"$cases" ||
  skip "the private root cannot be entered"
echo "$shell, seed $seed, $count generated"
"$dump" compare . "$shell" "$cases" "$root/log/calls" "$known"
