#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run.sh install|portable|debian BUILD SOURCE [CXX]: installs or packs what was built and uses it as a stranger would.
set -euo pipefail
kind=$1 build=$(readlink -f "$2") source=$(readlink -f "$3") compiler=${4:-c++}
work=$(mktemp -d "${TMPDIR:-/tmp}/digest-package-XXXXXX")
trap 'rm -rf "$work"' EXIT
fail() { echo "$1" >&2; exit 1; }

# main_job DIGEST [WRAPPER...]: index, search, look again; nothing of this environment but the program.
main_job() {
  local digest=$1
  shift
  "$@" "$digest" index --index /index /papers.txt | cat
  "$@" "$digest" search --index /index --format ids grokking >"$work/hits"
  [ "$(wc -l <"$work/hits")" -ge 2 ] || fail "the search found too little"
  "$@" "$digest" check --index /index >/dev/null
  "$@" "$digest" parse /papers.txt | head -1 | grep -q '"title"' || fail "parse printed no paper"
}

# Absolute paths of the job, for a program that runs where it stands.
here() {
  local words=()
  for word in "$@"; do
    case $word in /index | /papers.txt) words+=("$work$word") ;; *) words+=("$word") ;; esac
  done
  (cd "$work" && env -i HOME="$work" "${words[@]}")
}
cp "$source/data/well-known-papers.txt" "$work/papers.txt"

case $kind in
  install)
    cmake --install "$build" --prefix "$work/usr" >/dev/null
    main_job "$work/usr/bin/digest" here
    for file in share/man/man1/digest.1 share/bash-completion/completions/digest share/zsh/site-functions/_digest \
      share/fish/vendor_completions.d/digest.fish share/digest/schema/digest.search.json share/doc/digest/LICENSE; do
      [ -s "$work/usr/$file" ] || fail "$file is missing"
    done
    cmake -S "$source/tests/package/consumer" -B "$work/consumer" -DCMAKE_PREFIX_PATH="$work/usr" -DCMAKE_CXX_COMPILER="$compiler" >/dev/null
    cmake --build "$work/consumer" >/dev/null
    [ "$("$work/consumer/consumer" "$work/made")" = "Grokking in Small Networks" ] || fail "the program that uses find_package found nothing"
    [ -e "$work/usr/lib/pkgconfig/digest.pc" ] || ln -s "$work"/usr/lib/*/pkgconfig "$work/usr/lib/pkgconfig"
    export PKG_CONFIG_PATH="$work/usr/lib/pkgconfig"
    read -ra flags <<<"$(pkg-config --define-variable=prefix="$work/usr" --cflags --libs digest | sed "s|/usr/local|$work/usr|g")"
    "$compiler" "$source/tests/package/consumer/consumer.cpp" "${flags[@]}" -o "$work/by-pkg-config"
    [ "$("$work/by-pkg-config" "$work/made-too")" = "Grokking in Small Networks" ] || fail "the program that uses pkg-config found nothing"
    ;;
  portable)
    (cd "$work" && cpack -G TGZ --config "$build/CPackConfig.cmake" -B "$work/packed" >/dev/null)
    mkdir "$work/root"
    tar xzf "$work"/packed/*.tar.gz -C "$work/root" --strip-components=1
    main_job "$work/root/bin/digest" here
    chroot=$(command -v chroot || echo /usr/sbin/chroot)
    if "$chroot" / true 2>/dev/null; then  # who may: nothing there but the package, no C library, no shell
      rm -rf "$work/index"
      cp "$work/papers.txt" "$work/root/"
      main_job /bin/digest env -i HOME=/ "$chroot" "$work/root"
    fi
    ;;
  debian)
    (cd "$work" && cpack -G DEB --config "$build/CPackConfig.cmake" -B "$work/packed" >/dev/null)
    dpkg-deb -c "$work"/packed/*.deb >"$work/list"
    for file in bin/digest libexec/digest/digest-ingest share/man/man1/digest.1 share/bash-completion/completions/digest \
      share/zsh/vendor-completions/_digest share/fish/vendor_completions.d/digest.fish share/doc/digest-papers/copyright; do
      grep -q " ./usr/$file\$" "$work/list" || fail "$file is missing"
    done
    if grep -q -e '\.a$' -e '\.hpp$' "$work/list"; then fail "headers or archives are in the package"; fi
    dpkg-deb -f "$work"/packed/*.deb Depends | grep -q 'libc6 (>= ' || fail "the package does not say what it needs"
    dpkg-deb -x "$work"/packed/*.deb "$work/root"
    main_job "$work/root/usr/bin/digest" here
    ;;
esac
