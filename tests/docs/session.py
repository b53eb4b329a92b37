#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The examples of the README, run.

session.py check README DIGEST DATA    each `$ digest ...` of the README prints what the README says
session.py rewrite README DIGEST DATA  makes the README say it
session.py record SVG DIGEST DATA      runs SESSION in a terminal of its own and draws what came as SVG
session.py compare SVG DIGEST DATA     the drawing still shows what comes

DATA is the folder `data` of the sources. Times at the end of a line, and sizes, are masked in every comparison. Exit 1: something differs.
"""
import difflib
import fcntl
import html
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
import textwrap
import unicodedata

SESSION = [
    "digest index data/well-known-papers.jsonl",
    "digest search grokking -n 2",
    "digest search '\"in-context learning\" year:2022..' -n 1",
    "digest search attenton -c",
    "digest search --format tsv --fields date,title author:vaswani",
    "digest trends --by year 'language models'",
]
COLUMNS, ROWS = 104, 60
PAGE = 100  # columns of the examples in the README
CELL, LINE, MARGIN = 8.4, 19, 16
MEASURED = re.compile(r"\d[\d.]* (ms|s)(?=$|<)|[\d,]+ bytes|textLength=\S+", re.M)


def environment(digest, folder):
    home = os.path.join(folder, "home")
    os.makedirs(home, exist_ok=True)
    keep = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    keep["PATH"] = os.path.dirname(os.path.abspath(digest)) + ":" + keep.get("PATH", "/usr/bin:/bin")
    return {**keep, "HOME": home, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}


def workplace(data):
    folder = tempfile.TemporaryDirectory(prefix="digest-session-")
    os.symlink(os.path.abspath(data), os.path.join(folder.name, "data"))
    os.mkdir(os.path.join(folder.name, ".digest"))
    return folder


def in_terminal(command, folder, env):
    """What the command writes to a terminal of COLUMNS by ROWS."""
    pid, terminal = pty.fork()
    if pid == 0:
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        os.chdir(folder)
        os.execve("/bin/sh", ["sh", "-c", command], env)
    out = b""
    try:
        while piece := os.read(terminal, 65536):
            out += piece
    except OSError:  # the other end is closed
        pass
    os.waitpid(pid, 0)
    os.close(terminal)
    return out.decode("utf-8")


def runs_of(line):
    """Parts of a line as (text, styles): SGR sequences read, links (OSC 8) left out. Any other escape sequence is an error."""
    styles, runs = frozenset(), []
    names = {"0": None, "1": "bold", "2": "dim", "33": "match"}
    for text, link, codes in re.findall(r"([^\x1b]+)|\x1b\](8;[^\x1b]*)\x1b\\|\x1b\[([\d;]*)m", line):
        if text:
            runs.append((text, styles))
        elif not link:
            for code in codes.split(";"):
                styles = frozenset() if names[code or "0"] is None else styles | {names[code or "0"]}
    rest = re.sub(r"\x1b\]8;[^\x1b]*\x1b\\|\x1b\[[\d;]*m", "", line)
    if "\x1b" in rest or "\r" in rest:
        raise SystemExit(f"an escape sequence of another kind: {line!r}")
    return runs


def width(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def drawn(screen):
    """The lines of a terminal as SVG, one element a run of one style."""
    colour = {"match": "#e5c07b", "dim": "#8b93a1"}
    high, wide = 2 * MARGIN + LINE * len(screen), 2 * MARGIN + CELL * COLUMNS
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high}" width="{wide:.0f}" height="{high}" '
           'font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, \'DejaVu Sans Mono\', monospace" font-size="14">',
           "<title>A session with digest in a terminal</title>",
           f'<rect width="{wide:.0f}" height="{high}" rx="6" fill="#1e222a"/>']
    for number, runs in enumerate(screen):
        column = 0
        for text, styles in runs:
            cells = width(text)
            if text.strip():
                fill = next((colour[s] for s in ("match", "dim") if s in styles), "#98c379" if "prompt" in styles else "#dcdfe4")
                weight = ' font-weight="bold"' if styles & {"bold", "prompt"} else ""
                out.append(f'<text x="{MARGIN + column * CELL:.1f}" y="{MARGIN + LINE * number + 14}" textLength="{cells * CELL:.1f}" '
                           f'lengthAdjust="spacingAndGlyphs" xml:space="preserve" fill="{fill}"{weight}>{html.escape(text, quote=False)}</text>')
            column += cells
    return "\n".join(out) + "\n</svg>\n"


def session(digest, data):
    screen = []
    with workplace(data) as folder:
        for command in SESSION:
            if screen:
                screen.append([])
            screen.append([("$ " + command, frozenset({"prompt"}))])
            output = in_terminal(command, folder, environment(digest, folder)).replace("\r\n", "\n")
            screen += [runs_of(line.expandtabs()) for line in output.rstrip("\n").split("\n")]
    return drawn(screen)


def examples(readme):
    """(command, first, last) of each `    $ command` of the README: lines first to last are what it prints."""
    found = []
    for number, line in enumerate(readme):
        if line.startswith("    $ "):
            last = number + 1
            while last < len(readme) and (not readme[last] or readme[last].startswith("    ")) and not readme[last].startswith("    $ "):
                last += 1
            while not readme[last - 1]:
                last -= 1
            found.append((line[6:], number + 1, last))
    return found


def differences(name, expected, got):
    mask = lambda text: MEASURED.sub("0", text).split("\n")
    return list(difflib.unified_diff(mask(expected), mask(got), f"expected of {name}", "got", lineterm=""))


def run(command, folder, digest):
    done = subprocess.run(command, shell=True, cwd=folder, env=environment(digest, folder), stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    output = done.stdout.decode("utf-8").replace(os.path.realpath(folder), "/home/you/papers").rstrip("\n")
    return [part for line in output.split("\n") for part in wrapped(line.rstrip())] if output else []


def wrapped(line):
    """Outside a terminal nothing is wrapped; the README is, with the indentation of the line."""
    if width(line) <= PAGE or "\t" in line:
        return [line]
    indent = " " * len(re.match(r" *(\d+\. )?", line).group(0))
    return textwrap.wrap(line, PAGE, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def check(path, digest, data, rewrite=False):
    """What the examples print and the README does not say; with rewrite, the README is made to say it."""
    readme = open(path, encoding="utf-8").read().split("\n")
    bad, moved = [], 0
    with workplace(data) as folder:
        for command, first, last in examples(readme):
            expected, got = [line[4:] for line in readme[first + moved:last + moved]], run(command, folder, digest)
            differing = differences(command, "\n".join(expected), "\n".join(got))
            bad += differing
            if rewrite and differing:
                readme[first + moved:last + moved] = [("    " + line).rstrip() for line in got]
                moved += len(got) - len(expected)
    if rewrite:
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(readme))
    return bad


def main(action, path, digest, data):
    if action == "check":
        bad = check(path, digest, data)
    elif action == "rewrite":
        check(path, digest, data, rewrite=True)
        return 0
    elif action == "record":
        with open(path, "w", encoding="utf-8") as file:
            file.write(session(digest, data))
        return 0
    else:
        bad = differences(path, open(path, encoding="utf-8").read(), session(digest, data))
    print("\n".join(bad), end="\n" if bad else "")
    return 1 if bad else 0


if __name__ == "__main__":
    if len(sys.argv) != 5 or sys.argv[1] not in ("check", "rewrite", "record", "compare"):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
