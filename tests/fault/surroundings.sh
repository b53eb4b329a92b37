#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# surroundings.sh DIGEST [SHORT_IO]: the real program where little is as it should be: files that may not grow, few
# descriptors, little memory, closed streams, pipes that do not wait, no home, foreign locales, folders that may only be
# read, disks of a few kilobytes, strange files in the folder of the index, signals. It does its work or ends in 2 with a
# sentence; never by a signal of its own making, and the index stays whole. What needs root is left out for others.
# SHORT_IO: a library to put before the C library, with which the system moves less than it is asked to.
set -u
. "$(dirname "$(readlink -f "$0")")/sample.sh"
trap 'umount "$work/mnt" 2>/dev/null; rm -rf "$work"' EXIT
cd "$work" || exit 99
chmod a+rx "$work"
papers 1 400 >a.jsonl
papers 300 700 >b.jsonl
"$digest" --index whole index -q a.jsonl || wrong "the first commit"
stack=$(ulimit -s)

# judge WHAT CODE: done, or a sentence and 2.
judge() {
  [ "$2" = 0 ] && return
  [ "$2" = 2 ] || wrong "$1: exit $2: $(head -c 200 err)"
  [ -s err ] || wrong "$1: exit 2 without a word"
}

# sound WHAT INDEX OLD NEW: whole, with one of these numbers of papers.
sound() {
  "$digest" --index "$2" check >check.out 2>&1 || wrong "$1: $(head -2 check.out)"
  local now
  now=$(held "$2") || now="no"
  [ "$now" = "$3" ] || [ "$now" = "$4" ] || wrong "$1: $now papers"
}

# under WHAT COMMAND...: index and search, each in a shell that runs COMMAND before.
under() {
  local what=$1
  shift
  rm -rf index
  cp -r whole index
  (ulimit -c 0; "$@"; exec "$digest" --index index index b.jsonl) 2>&1 >/dev/null </dev/null | cat >err
  judge "index, $what" "${PIPESTATUS[0]}"
  sound "index, $what" index 400 700
  (ulimit -c 0; "$@"; exec "$digest" --index whole search --json common) 2>&1 >/dev/null </dev/null | cat >err
  judge "search, $what" "${PIPESTATUS[0]}"
}

for blocks in 0 1 8 64 256; do under "files of at most $blocks KiB" ulimit -f "$blocks"; done
if [ -z "${SANITIZED:-}" ]; then  # a sanitizer needs descriptors and memory of its own
  for number in 5 6 7 8 10; do under "$number descriptors" ulimit -n "$number"; done
  # Below this the system cannot start the program at all.
  for kilobytes in 24000 28000 32000 40000 50000 60000 80000 120000 200000; do under "$kilobytes KiB of memory" ulimit -v "$kilobytes"; done
  for kilobytes in 128 256 1024; do under "$kilobytes KiB of stack" ulimit -s "$kilobytes"; done
fi
ulimit -s "$stack" 2>/dev/null

# A file that may not grow ends in a sentence, not in a signal.
(ulimit -c 0; ulimit -f 4; exec "$digest" --index small index a.jsonl) >out 2>err
[ $? = 2 ] && grep -q "ulimit -f" err || wrong "a limit on files: $(head -c 200 err)"

# Standard streams that are closed, full, or do not wait.
while read -r expected streams; do
  rm -rf index
  cp -r whole index
  eval "\"\$digest\" --index index index -q b.jsonl $streams"
  sound "index $streams" index 700 700
  eval "\"\$digest\" --index index search common $streams" >out 2>/dev/null
  code=$?
  [ "$code" = "$expected" ] || wrong "search $streams: exit $code"
done <<'END'
0 <&-
2 >&-
0 2>&-
2 <&- >&-
2 >&- 2>&-
2 <&- >&- 2>&-
0 2>/dev/full
2 >/dev/full 2>/dev/full
END

# A pipe that does not wait, as another program that shares it may have made it.
if command -v python3 >/dev/null; then
  for _ in 1 2 3 4 5 6 7 8 9 10; do cat a.jsonl; done >many.jsonl
  "$digest" parse many.jsonl >waited.out 2>err
  python3 - "$digest" many.jsonl <<'END' >hurried.out 2>err || wrong "pipes that do not wait: $(head -c 200 err)"
import os, subprocess, sys, time
(read_in, write_in), (read_out, write_out) = os.pipe(), os.pipe()
os.set_blocking(read_in, False)
os.set_blocking(write_out, False)
parse = subprocess.Popen([sys.argv[1], "parse", "-"], stdin=read_in, stdout=write_out)
os.close(read_in), os.close(write_out)
if os.fork() == 0:
    os.close(read_out)
    with open(write_in, "wb") as pipe:
        for line in open(sys.argv[2], "rb").readlines()[::1]:
            pipe.write(line)
            if line.startswith(b'{"id":"p50"'):
                pipe.flush()
                time.sleep(0.05)
    os._exit(0)
os.close(write_in)
time.sleep(0.3)
out = open(read_out, "rb").read()
sys.stdout.buffer.write(out)
sys.exit(parse.wait())
END
  cmp -s <(sed 's/"file":"[^"]*"//' waited.out) <(sed 's/"file":"[^"]*"//' hurried.out) || wrong "pipes that do not wait lose output"
fi

# No home, a home that is not there, no temporary folder, strange locales.
(cd / && env -u HOME -u XDG_DATA_HOME "$digest" search common) >out 2>err
judge "no HOME" $?
for setting in HOME=/nonexistent HOME= HOME=relative TMPDIR=/nonexistent LC_ALL=xx_YY.latin1 LC_ALL=$'\xff' LANG=tr_TR.ISO-8859-9 COLUMNS=0 COLUMNS=-1 \
  COLUMNS=99999999999999999999 TERM= TERM=nonsense NO_COLOR=1 DIGEST_PAGER=/nonexistent PATH= TZ=Nowhere/Else; do
  env "$setting" "$digest" --index whole search --limit 1 common >out 2>err || wrong "search with $setting: $(head -c 200 err)"
  rm -rf index
  env "$setting" "$digest" --index index index -q a.jsonl 2>err || wrong "index with $setting: $(head -c 200 err)"
done
env -i "$digest" --index whole search common >out 2>err || wrong "an empty environment: $(head -c 200 err)"

# Arguments as long as the system allows.
long=$(head -c 100000 /dev/zero | tr '\0' 'a')
"$digest" --index whole search "$long" "$long" "$long" >out 2>err
[ $? = 1 ] || wrong "long words: $(head -c 200 err)"
"$digest" --index whole search "$(head -c 100000 /dev/zero | tr '\0' '(')" >out 2>err
[ $? -le 1 ] || wrong "many brackets: $(head -c 200 err)"
"$digest" --index "$long" search common >out 2>err
judge "a long name of an index" $?

# Links: to the folder of the index yes, inside it no.
ln -s whole link
[ "$(held link)" = 400 ] || wrong "an index behind a link: $(head -c 200 held.err)"
cp -r whole linked
mv linked/commit-1 away
ln -s ../away linked/commit-1
"$digest" --index linked search common >out 2>err
[ $? = 2 ] && grep -q "links are not followed" err || wrong "a link inside an index: $(head -c 200 err)"

# What lies in the folder and is not ours stays; what claims to be a commit and is none is said.
cp -r whole strange
touch strange/notes.txt strange/commit-x strange/commit-01 strange/segment-99999999999999999999 strange/.hidden
mkdir strange/folder
"$digest" --index strange index -q b.jsonl 2>err || wrong "strange files: $(head -c 200 err)"
"$digest" --index strange optimize >out 2>err || wrong "optimize beside strange files: $(head -c 200 err)"
for name in notes.txt commit-x commit-01 segment-99999999999999999999 .hidden folder; do [ -e "strange/$name" ] || wrong "$name is gone"; done
cp -r whole piped
mkfifo piped/commit-9
timeout 20 "$digest" --index piped search common >out 2>err
judge "a pipe as a commit" $?
timeout 20 "$digest" --index piped check --recover >out 2>err || wrong "recovery from a pipe as a commit: $(head -c 200 err)"
[ "$(held piped)" = 400 ] || wrong "after a pipe as a commit"

# Folders that name each other, a device, a pipe.
mkdir -p loop/inner
ln -s .. loop/inner/up
cp a.jsonl loop/inner/
timeout 20 "$digest" --index looped index -q loop 2>err || wrong "a folder with a loop: $(head -c 200 err)"
[ "$(held looped)" = 400 ] || wrong "a folder with a loop"
for input in /dev/zero /dev/tty0 piped/commit-9 /proc/self/mem; do
  timeout 20 "$digest" --index looped index "$input" >out 2>err </dev/null
  judge "$input as a digest" $?
done

# Interrupted by whatever signal, at whatever moment.
for signal in INT TERM HUP QUIT USR1 PIPE ALRM; do
  for wait in 01 03 06; do
    rm -rf index
    cp -r whole index
    (ulimit -c 0; exec "$digest" --index index index b.jsonl) >out 2>err &
    sleep "0.$wait"
    kill "-$signal" $! 2>/dev/null
    wait $! 2>/dev/null
    sound "SIG$signal" index 400 700
  done
done

# Reads and writes that move less than they are asked to, or are interrupted; this needs a program with a loader.
if [ -n "${2:-}" ] && [ -z "${SANITIZED:-}" ]; then
  rm -rf index
  LD_PRELOAD="$2" "$digest" --index index index a.jsonl >out 2>err || wrong "short reads and writes: $(head -c 200 err)"
  sound "short reads and writes" index 400 400
  for file in whole/segment-* whole/commit-*; do cmp -s "$file" "index/${file#whole/}" || wrong "short writes made another $file"; done
  LD_PRELOAD="$2" "$digest" --index index index - <b.jsonl >out 2>err || wrong "short reads of standard input: $(head -c 200 err)"
  sound "short reads of standard input" index 700 700
  LD_PRELOAD="$2" "$digest" parse a.jsonl >short.out 2>err || wrong "parse with short writes: $(head -c 200 err)"
  "$digest" parse a.jsonl >long.out 2>err
  cmp -s short.out long.out || wrong "short writes lose output"
fi

# Another user's index may be read, if its files may; on a file system that may only be read likewise.
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
  chmod -R a+rX whole
  other=(setpriv --reuid 65534 --regid 65534 --clear-groups)
  if "${other[@]}" test -x "$digest"; then
    "${other[@]}" "$digest" --index "$work/whole" search common >out 2>err || wrong "another user's index: $(head -c 200 err)"
    "${other[@]}" "$digest" --index "$work/whole" index b.jsonl >out 2>err
    [ $? = 2 ] && grep -q "Permission denied" err || wrong "writing to another user's index: $(head -c 200 err)"
    cp -r whole closed
    chmod 700 closed
    "${other[@]}" "$digest" --index "$work/closed" search common >out 2>err
    [ $? = 2 ] && grep -q "Permission denied" err || wrong "another user's closed index: $(head -c 200 err)"
    chmod 755 closed
    chmod 600 closed/segment-*
    "${other[@]}" "$digest" --index "$work/closed" check >out 2>err
    [ $? = 2 ] && ! grep -q "recover" err || wrong "what may not be read is called damaged: $(head -c 300 err)"
  fi
fi
mkdir mnt
if mount -t tmpfs -o size=4m none mnt 2>/dev/null; then
  cp -r whole mnt/index
  mount -o remount,ro mnt
  [ "$(held mnt/index)" = 400 ] || wrong "an index on a file system that may only be read: $(head -c 200 held.err)"
  "$digest" --index mnt/index check >out 2>err || wrong "check there: $(head -c 200 err)"
  "$digest" --index mnt/index index b.jsonl >out 2>err
  [ $? = 2 ] && grep -q "Read-only" err || wrong "writing there: $(head -c 200 err)"
  umount mnt
  # A disk that is full, whatever its size; then there is room.
  failures=0
  for kilobytes in 4 12 24 40 64 96 128 192 256 384 512 1024; do
    mount -t tmpfs -o size=${kilobytes}k none mnt || break
    if cp -r whole mnt/index 2>/dev/null; then
      "$digest" --index mnt/index index b.jsonl >out 2>err || { judge "a disk of $kilobytes KiB" $?; failures=$((failures + 1)); }
      sound "a disk of $kilobytes KiB" mnt/index 400 700
      mount -o remount,size=4m mnt
      "$digest" --index mnt/index index b.jsonl >out 2>err || wrong "with room again: $(head -c 200 err)"
      sound "with room again" mnt/index 700 700
    fi
    umount mnt
  done
  [ "$failures" -gt 0 ] || wrong "no disk was ever full"
fi
sound "after all that" whole 400 400
exit $bad
