#!/bin/bash
# What commands become: lib/command against real bash. Every row of test/cases/values, and some thousand generated ones, are run by bash in a
# private root that holds nothing but bash, a few text tools and stub programs that note their words; as nobody, without network, with
# limits. The calls noted are compared with the exec operations that the evaluator found.
#   test/confirm/values.sh VALUES_DUMP [SEED [COUNT]]
set -u
dump=$(realpath "$1") seed=${2:-20260425} count=${3:-1500}
cd "$(dirname "$0")/../.." || exit 1
known=test/confirm/values.known
skip() { echo "not here: $1"; exit 125; }
for tool in busybox unshare chroot ldd bash; do command -v $tool >/dev/null || skip "no $tool"; done
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
cp "$(command -v bash)" "$root/bin/bash"
ldd "$(command -v bash)" | grep -o '/[^ ]*' | while read -r library; do
  mkdir -p "$root/$(dirname "$library")"
  cp -L "$library" "$root/$library"
done
ln "$root/bin/bash" "$root/bin/sh"
cp "$(command -v busybox)" "$root/bin/cat"
for tool in tee rev tr basename dirname base64 xxd env seq echo printf pwd true false; do ln "$root/bin/cat" "$root/bin/$tool"; done
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
{ "$dump" rows . test/cases/values/*.txt && "$dump" generate . "$seed" "$count"; } >"$cases" || exit 1
# shellcheck disable=SC2016  # the inner shell expands these
"${spaces[@]}" /bin/sh -c '
  set -e; root=$1; shift
  mount --make-rprivate / 2>/dev/null || true
  : >"$root/dev/null"; mount --bind /dev/null "$root/dev/null"
  mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
  ln -s /proc/self/fd "$root/dev/fd"; ln -s /proc/self/fd/0 "$root/dev/stdin"; ln -s /proc/self/fd/1 "$root/dev/stdout"
  ulimit -u 2000 -n 256 2>/dev/null || true
  exec env -i "$(command -v chroot)" "$@" "$root" /values_oracle' sh "$root" "${user[@]}" <"$cases" ||
  skip "the private root cannot be entered"
echo "seed $seed, $count generated"
"$dump" compare . "$cases" "$root/log/calls" "$known"
