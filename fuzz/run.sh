#!/bin/sh
# Runs fuzz targets: fuzz/run.sh SECONDS [TARGET...]
set -eu
cd "$(dirname "$0")/.."
seconds=$1
shift
[ $# -gt 0 ] || set -- pdf hocr html docx odt epub zip rtf markdown text rules matcher
python3 fuzz/seeds.py
for target in "$@"; do
    echo "== $target"
    cargo +nightly fuzz run --sanitizer none --jobs 1 "$target" -- \
        -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=16384 \
        -print_final_stats=1 2>&1 | grep -E '^stat::(number|average|peak)|panicked|SUMMARY|ERROR|Test unit' || true
done
