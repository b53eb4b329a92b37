# SPDX-License-Identifier: MIT
# For the scripts beside it: a fresh folder, digests of known papers, and what to say when something is wrong.
digest=$(readlink -f "$1")
work=$(mktemp -d "${TMPDIR:-/tmp}/digest-fault-XXXXXX")
unset DIGEST_INDEX XDG_DATA_HOME XDG_CONFIG_HOME XDG_STATE_HOME
export HOME="$work" LC_ALL=C ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0"
bad=0

wrong() {
  echo "WRONG: $*" >&2
  bad=1
}

# papers FIRST LAST: JSON Lines, each paper with a word of its own and the word `common`.
papers() {
  local i
  for ((i = $1; i <= $2; ++i)); do
    printf '{"id":"p%d","doi":"10.1000/p%d","title":"own%d common","abstract":"Words about paper %d."}\n' "$i" "$i" "$i" "$i"
  done
}

# How many papers the index holds, by its newest commit and by a search; they must agree. Nothing if that fails.
held() {
  local out
  out=$("$digest" --index "$1" search --json --limit 1 common 2>"$work/held.err") || return 1
  local total papers
  total=$(sed -E 's/.*"total":([0-9]+).*/\1/' <<<"$out")
  papers=$(sed -E 's/.*"index":\{[^}]*"papers":([0-9]+).*/\1/' <<<"$out")
  [ "$total" = "$papers" ] || return 1
  echo "$total"
}
