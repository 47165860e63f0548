#!/bin/sh
# Holds the WARC files that `normtag fetch --warc` writes against warcio, an
# independent reader: every record is read, every digest computed anew, and a
# file with one byte altered must be refused. Needs Python 3 with venv; the
# environment is made in a temporary folder.
#
#     cargo build && tests/checks/warc.sh target/debug/normtag
set -eu
normtag=$(realpath "$1")
work=$(mktemp -d)
server=
trap 'test -z "$server" || kill "$server"; rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip --quiet install warcio==1.8.1
mkdir site
printf '1. Parties shall act.\n' > site/a.txt
printf '<p>1. Parties shall report.\n' > site/b.html
venv/bin/python -u -m http.server --bind 127.0.0.1 --directory site 0 > log 2>&1 &
server=$!
port=
while test -z "$port"; do
    sleep 0.1
    port=$(sed -n 's/.* port \([0-9]*\) .*/\1/p' log)
done
fetch() {
    "$normtag" fetch "http://127.0.0.1:$port/a.txt" "http://127.0.0.1:$port/b.html" \
        "http://127.0.0.1:$port/gone" --store store --delay 0 --retries 0 \
        --allow-private "127.0.0.1:$port" "$@" > /dev/null 2>&1 || test $? = 1
}
fetch --warc first.warc.gz
fetch --warc again.warc.gz --refresh
fetch --warc stored.warc.gz --offline
for file in first again stored; do
    venv/bin/warcio check -v "$file.warc.gz"
    venv/bin/warcio index -f warc-type,http:status,warc-target-uri "$file.warc.gz"
done
venv/bin/python - <<'PYTHON'
import gzip, subprocess, sys
whole = gzip.open("first.warc.gz").read()
altered = whole.replace(b"Parties shall act", b"Parties shall axt")
assert altered != whole
open("altered.warc", "wb").write(altered)
ran = subprocess.run(["venv/bin/warcio", "check", "altered.warc"], capture_output=True)
print(ran.stdout.decode().strip())
sys.exit("an altered file passes" if ran.returncode == 0 else 0)
PYTHON
echo "passed: warcio reads every record and finds every digest right"
