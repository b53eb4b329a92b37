#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# hardening.sh DIGEST INGEST: what the built programs are protected by, read from the files themselves. INGEST, which
# reads what came by mail, loads at a random address; DIGEST is static for its start and does not.
set -u
bad=0
wrong() { echo "WRONG: $*" >&2; bad=1; }
command -v readelf >/dev/null || { echo "skipped: readelf is missing"; exit 77; }
facts=$(mktemp)
trap 'rm -f "$facts"' EXIT
for program in "$1" "$2"; do
  readelf -lW "$program" >"$facts"
  grep -q 'GNU_STACK.* RW ' "$facts" || wrong "$program: the stack can be executed"
  grep -q GNU_RELRO "$facts" || wrong "$program: tables of the loader can be written (no RELRO)"
  if grep -Eq 'LOAD.* RWE ' "$facts"; then wrong "$program: memory that can be written and executed"; fi
  readelf -sW "$program" >"$facts"
  grep -q __stack_chk_fail "$facts" || wrong "$program: no stack protector"
  grep -Eq '__[a-z]+_chk' "$facts" || wrong "$program: not fortified"
done
readelf -dW "$2" >"$facts"
grep -Eq 'FLAGS_1.*PIE' "$facts" || wrong "$2: not position independent"
grep -Eq 'BIND_NOW|FLAGS_1.*NOW' "$facts" || wrong "$2: symbols are bound late"
exit $bad
