#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The whole picture in one table: tests/bench/run.py BUILD SAMPLE.jsonl[.zst] [--sizes 10000,100000,1000000] [--keep FOLDER]

BUILD is a build folder with the programs and make_corpus (cmake --workflow --preset bench makes build/bench). For each size: papers are made,
indexed (wall, processor, peak memory, bytes), one query is run as whole processes (median, with what `true` takes beside it), and a thousand
queries drawn from titles inside one process (p50, p99). Needs python3, and the zstd program for a compressed sample.
"""
import argparse
import json
import os
import random
import re
import shutil
import subprocess
import tempfile
import time

COMMON = set("a an the of for and in on with to from by via is are as at using its be it or that this we can do how not".split())


def program(build, name):
    for folder, _, files in os.walk(build):
        if name in files and os.access(os.path.join(folder, name), os.X_OK):
            return os.path.join(folder, name)
    raise SystemExit(f"{name} is not in {build}: run cmake --workflow --preset bench")


def queries_of(path, count):
    """`count` queries of four kinds, drawn from the titles of the corpus; the same ones for the same corpus."""
    rng = random.Random(7)
    kinds = {"word": [], "all": [], "any": [], "phrase": []}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if rng.random() > 0.3:
                continue
            words = [w.lower() for w in re.findall(r"[A-Za-z]{2,}", json.loads(line)["title"])]
            telling = [w for w in words if w not in COMMON]
            pairs = [words[i:i + 2] for i in range(len(words) - 1) if not COMMON & set(words[i:i + 2])]
            if len(telling) < 5 or not pairs:
                continue
            kinds["word"].append(rng.choice(telling))
            kinds["all"].append(" ".join("+" + w for w in rng.sample(telling, rng.choice([2, 3]))))
            kinds["any"].append(" ".join(rng.sample(telling, rng.choice([2, 3, 4, 5]))))
            kinds["phrase"].append('"' + " ".join(rng.choice(pairs)) + '"')
            if len(kinds["word"]) == count // 4:
                break
    return kinds


def run(args):
    """Wall and processor seconds, peak MiB, and standard error of one finished process."""
    start = time.perf_counter()
    child = subprocess.Popen(args, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    message = child.stderr.read().decode()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(args)} ended with {child.returncode}: {message[-500:]}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, message


def median_ms(args, rounds=51):
    took = []
    for _ in range(rounds):
        start = time.perf_counter()
        subprocess.run(args, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        took.append(time.perf_counter() - start)
    return sorted(took)[rounds // 2] * 1e3


def measure(digest, corpus, work):
    text = papers = 0
    with open(corpus, encoding="utf-8") as lines:
        for line in lines:
            paper = json.loads(line)
            text += len(paper["title"].encode()) + len(paper["abstract"].encode())
            papers += 1
    index = os.path.join(work, "index")
    shutil.rmtree(index, ignore_errors=True)
    wall, cpu, peak, _ = run([digest, "--index", index, "index", "--quiet", corpus])
    size = sum(os.path.getsize(os.path.join(index, f)) for f in os.listdir(index))
    row = [f"{papers:,}", f"{text / 1e6:.0f}", f"{wall:.1f}", f"{text / 1e6 / cpu:.0f}", f"{peak:.0f}", f"{size / text:.2f}"]
    query = [digest, "--index", index, "search", "--json", "+graph +neural +networks"]
    row += [f"{median_ms(query):.2f}", f"{median_ms(['true']):.2f}"]
    for kind, queries in queries_of(corpus, 1000).items():
        batch = os.path.join(work, kind + ".tsv")
        with open(batch, "w", encoding="utf-8") as out:
            out.writelines(f"{i}\t{q}\n" for i, q in enumerate(queries))
        *_, message = run([digest, "--index", index, "search", "--queries", batch, "--any-word", "--format", "trec", "--ranker", "bm25",
                           "--threads", "1", "--warmup", "2", "--timing"])
        timing = json.loads([line for line in message.splitlines() if "p50_us" in line][-1])
        row.append(f"{timing['p50_us']:.0f} / {timing['p99_us']:.0f}")
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("sample")
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--keep", help="folder for the corpora and the index; a temporary one otherwise")
    options = parser.parse_args()
    digest, make_corpus = program(options.build, "digest"), program(options.build, "make_corpus")
    work = options.keep or tempfile.mkdtemp(prefix="digest-bench-")
    os.makedirs(work, exist_ok=True)
    try:
        sample = options.sample
        if sample.endswith(".zst"):
            sample = os.path.join(work, "sample.jsonl")
            subprocess.run(["zstd", "-dqf", options.sample, "-o", sample], check=True)
        print("| papers | text MB | index s | MB/s/core | peak MiB | index/text | one query ms | `true` ms | word us | all us | any us | phrase us |")
        print("| ---: " * 12 + "|", flush=True)
        for size in options.sizes.split(","):
            corpus = os.path.join(work, f"papers-{size}.jsonl")
            if not os.path.exists(corpus):
                with open(corpus + ".part", "wb") as out:
                    subprocess.run([make_corpus, sample, size], stdout=out, check=True)
                os.rename(corpus + ".part", corpus)
            print("| " + " | ".join(measure(digest, corpus, work)) + " |", flush=True)
    finally:
        if not options.keep:
            shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
