#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# One golden case: run.sh DIGEST CASE [--update]
# CASE/cmd is run by bash in a fresh folder that holds the files of tests/cli/shared and of CASE/input; `digest` is on the
# path. CASE/stdout, CASE/stderr (a missing file: nothing is expected) and CASE/exit (missing: 0) must agree. Times are
# masked. A case that ends in 77 is skipped. --update writes what came.
set -u
digest=$(readlink -f "$1") case=$(readlink -f "$2") update=${3:-}
here=$(dirname "$(readlink -f "$0")")
work=$(mktemp -d "${TMPDIR:-/tmp}/digest-case-XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir "$work/here" "$work/home"
cp -r "$here/shared/." "$work/here/"
[ -d "$case/input" ] && cp -r "$case/input/." "$work/here/"

(
  cd "$work/here" || exit 99
  unset NO_COLOR CLICOLOR CLICOLOR_FORCE FORCE_COLOR COLUMNS DIGEST_INDEX DIGEST_PAGER PAGER XDG_DATA_HOME XDG_CONFIG_HOME XDG_STATE_HOME
  export HOME="$work/home" TERM=xterm LC_ALL=C PATH="$(dirname "$digest"):$PATH"
  bash "$case/cmd"
) >"$work/stdout" 2>"$work/stderr" </dev/null
echo $? >"$work/exit"

# A case that needs a program which is not installed is skipped.
if [ "$(cat "$work/exit")" = 77 ]; then exit 77; fi

for stream in stdout stderr; do
  sed -i -E -e 's/"took_(us|ms)":[0-9]+/"took_\1":0/g' -e 's/[0-9.]+ (ms|s)$/0 ms/' -e "s|$work|WORK|g" \
    -e 's/"(wall|mean|p50|p90|p99)_us":[0-9.]+/"\1_us":0/g' "$work/$stream"
done

if [ "$update" = --update ]; then
  for stream in stdout stderr; do
    rm -f "$case/$stream"
    if [ -s "$work/$stream" ]; then cp "$work/$stream" "$case/$stream"; fi
  done
  rm -f "$case/exit"
  if [ "$(cat "$work/exit")" != 0 ]; then cp "$work/exit" "$case/exit"; fi
  exit 0
fi

bad=0
for stream in stdout stderr exit; do
  expected="$case/$stream"
  if [ ! -e "$expected" ]; then
    expected="$work/expected"
    if [ "$stream" = exit ]; then echo 0 >"$expected"; else : >"$expected"; fi
  fi
  if ! diff -u --label "expected $stream" --label "$stream" "$expected" "$work/$stream"; then bad=1; fi
done
exit $bad
