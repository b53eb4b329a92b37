#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# processes.sh DIGEST [ROUNDS]: several processes at one index. Two writers, of which one is told so; readers beside a
# writer, each of whose answers belongs to one commit; writers killed at any moment, after which the index is the old
# one or the new one and the next writer needs no help.
set -u
. "$(dirname "$(readlink -f "$0")")/sample.sh"
rounds=${2:-8} batch=40
trap 'kill $(jobs -p) 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT
cd "$work" || exit 99

# Two writers at once: whoever comes second is told, or waits for nobody because the first is done.
papers 1 4000 >many.jsonl
papers 4001 4001 >one.jsonl
mkfifo hold
"$digest" --index two index - <hold >first.out 2>first.err &
first=$!
exec 9>hold
cat many.jsonl >&9
for ((i = 0; i < 200; ++i)); do [ -s two/lock ] && break; sleep 0.05; done
"$digest" --index two index one.jsonl >second.out 2>second.err
second=$?
[ "$second" = 2 ] || wrong "a second writer ended in $second, not 2"
grep -q "$first" second.err || wrong "a second writer is not told who is first: $(cat second.err)"
exec 9>&-
wait "$first" || wrong "the first writer failed: $(cat first.err)"
"$digest" --index two index one.jsonl 2>third.err || wrong "the lock outlived its holder: $(cat third.err)"
[ "$(held two)" = 4001 ] || wrong "two writers left $(held two) papers"

# Readers beside a writer.
papers 1 "$batch" >b.jsonl
"$digest" --index beside index b.jsonl 2>/dev/null || wrong "the first batch"
for reader in 1 2; do
  (
    while [ ! -e done ]; do
      answer=$(held beside) || { echo "no answer: $(cat "$work/held.err")"; continue; }
      [ $((answer % batch)) = 0 ] || echo "half a commit: $answer papers"
      echo answered >>"answers.$reader"
    done
  ) >"reader.$reader" 2>&1 &
done
for ((round = 1; round < rounds; ++round)); do
  papers $((round * batch + 1)) $(((round + 1) * batch)) >b.jsonl
  "$digest" --index beside index b.jsonl 2>err || wrong "writing beside readers: $(cat err)"
  if [ $((round % 3)) = 0 ]; then "$digest" --index beside optimize >/dev/null 2>&1 || wrong "optimize beside readers"; fi
done
touch done
wait
for reader in 1 2; do
  [ -s "reader.$reader" ] && wrong "reader $reader: $(head -3 "reader.$reader")"
  [ -s "answers.$reader" ] || wrong "reader $reader never had an answer"
done
[ "$(held beside)" = $((rounds * batch)) ] || wrong "beside readers $(held beside) papers were written"

# Writers killed at a random moment.
before=0 killed=0
RANDOM=20
for ((round = 1; round <= rounds; ++round)); do
  papers $((before + 1)) $((before + 300)) >k.jsonl
  "$digest" --index killed index k.jsonl >/dev/null 2>&1 &
  writer=$!
  sleep "0.0$((RANDOM % 100 + 100))"
  kill -9 "$writer" 2>/dev/null
  wait "$writer" 2>/dev/null
  [ $? = 137 ] && killed=$((killed + 1))
  if ! compgen -G "killed/commit-*" >/dev/null; then continue; fi
  "$digest" --index killed check >check.out 2>&1 || wrong "after a kill: $(head -3 check.out)"
  now=$(held killed) || wrong "no answer after a kill: $(cat held.err)"
  [ "$now" = "$before" ] || [ "$now" = $((before + 300)) ] || wrong "after a kill $now papers, before it $before"
  before=$now
done
papers 1 1000 >k.jsonl
"$digest" --index killed index k.jsonl 2>err || wrong "the next writer after $killed kills: $(cat err)"
[ "$(held killed)" -ge 1000 ] || wrong "after the kills $(held killed) papers"
left=$(compgen -G "killed/pending-*"; compgen -G "killed/spill-*")
[ -z "$left" ] || wrong "left behind: $left"
echo "$rounds commits beside two readers, $(cat answers.* | wc -l) answers; $killed of $rounds writers killed before they were done"
exit $bad
