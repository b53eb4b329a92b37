#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# syscalls.sh DIGEST [all]: the real program while the system refuses. For every system call that it makes the first,
# the second, ... of its kind fails, until none is left to fail: the program says what is wrong and ends in 2, or does
# its work; the index is the old one or the new one, and sound. Without strace, or where tracing is not allowed, the
# test is skipped (77). Short: three calls, one error; with `all`: all of them.
set -u
. "$(dirname "$(readlink -f "$0")")/sample.sh"
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 99
if ! command -v strace >/dev/null || ! strace -o /dev/null true 2>/dev/null; then
  echo "skipped: strace is missing or tracing is not allowed"
  exit 77
fi
cases="fsync:EIO write:ENOSPC renameat:EIO pwrite64:ENOSPC ftruncate:EIO"
searches="pread64:EIO openat:EMFILE"
if [ "${2:-}" = all ]; then
  cases="fsync:EIO fsync:ENOSPC write:ENOSPC write:EIO write:EINTR renameat:EIO renameat:ENOSPC unlinkat:EIO openat:EMFILE openat:EACCES
    pwrite64:ENOSPC ftruncate:EIO read:EIO read:EINTR pread64:EIO pread64:EINTR close:EIO getdents64:EIO newfstatat:EIO
    fcntl:EINTR fcntl:ENOLCK mkdir:EACCES clone3:EAGAIN munmap:EINVAL fadvise64:EIO"
  searches="pread64:EIO pread64:EINTR openat:EMFILE openat:ENFILE getdents64:EIO newfstatat:EIO mmap:ENOMEM write:EIO write:EINTR close:EIO fcntl:EBADF"
fi
most=${SYSCALLS_MOST:-200}

papers 1 5 >a.jsonl
papers 4 9 >b.jsonl
"$digest" --index whole index a.jsonl 2>/dev/null || wrong "the first commit"
old=$(held whole)

# refused CALL:ERROR N COMMAND...: whether the N-th call there was, to fail.
refused() {
  local call=${1%:*} error=${1#*:} n=$2
  shift 2
  timeout 60 strace -f -qq -o trace -e trace="$call" -e inject="$call:error=$error:when=$n" "$@" >out 2>err </dev/null
  code=$?
  grep -q INJECTED trace
}

# Success, or a sentence and 2. What the loader of a dynamic program refuses is the loader's to say; memory that is
# refused before main is the C library's, so it is not refused to the program that has a loader.
judge() {
  [ "$code" = 0 ] && return
  [ "$code" = 127 ] && grep -q "error while loading" err && return
  [ "$code" = 2 ] || wrong "$1: exit $code: $(head -2 err)"
  [ -s err ] || [[ $1 == *"write:"* ]] || wrong "$1: exit 2 without a word"
}

tried=0
for case in $cases; do
  for ((n = 1; n <= most; ++n)); do
    rm -rf index
    cp -r whole index
    refused "$case" "$n" "$digest" --index index index --threads 1 b.jsonl || break
    tried=$((tried + 1))
    judge "index, $case, number $n"
    "$digest" --index index check >check.out 2>&1 || wrong "index, $case, number $n: $(head -2 check.out)"
    now=$(held index) || now="no"
    [ "$now" = "$old" ] || [ "$now" = 9 ] || wrong "index, $case, number $n: $now papers"
    [ "$code" != 0 ] || [ "$now" = 9 ] || wrong "index, $case, number $n: reported and lost"
  done
done
for case in $searches; do
  for ((n = 1; n <= most; ++n)); do
    refused "$case" "$n" "$digest" --index whole search common || break
    tried=$((tried + 1))
    judge "search, $case, number $n"
    [ "$code" != 0 ] || [ "$(grep -c own out)" = "$old" ] || wrong "search, $case, number $n: success with $(grep -c own out) papers"
  done
done
"$digest" --index whole check >check.out 2>&1 || wrong "after the searches: $(head -2 check.out)"
echo "$tried refusals"
[ "$tried" -gt 10 ] || wrong "next to nothing was refused"
exit $bad
