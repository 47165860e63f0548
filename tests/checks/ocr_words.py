"""Words of scanned pages: `extract --ocr` beside the letters the same files have.

    apt-get install poppler-utils tesseract-ocr
    cargo build --release
    python3 tests/checks/ocr_words.py target/release/normtag FILE.pdf...

Every file is made into scans, a picture for each page, at 150 and at 300 pixels
an inch: clean, and as a poor copier makes them (askew by a degree, grey, with
specks from a fixed seed). Words are tokens \\w+ in lower case, as multisets;
the truth is `extract` of the file itself. Paragraphs: the share of the file's
own that begin and end with the same three words.
"""

import json, math, os, random, re, subprocess, sys, tempfile, time, zlib
from collections import Counter

if len(sys.argv) < 3:
    sys.exit(__doc__)
PROGRAM, FILES = sys.argv[1], sys.argv[2:]


def pgm(path):
    magic, size, _, pixels = open(path, "rb").read().split(b"\n", 3)
    assert magic == b"P5"
    width, height = map(int, size.split())
    return width, height, pixels[: width * height]


def copied(width, height, pixels, seed):
    """As a poor copier makes it."""
    draw, slope = random.Random(seed), math.tan(math.radians(1))
    page = bytearray(b"\xe8" * (width * height))
    for y in range(height):
        shift = int((y - height / 2) * slope)
        for x in range(width):
            fx, fy = x + shift, y - int((x - width / 2) * slope)
            if 0 <= fx < width and 0 <= fy < height:
                page[y * width + x] = 60 + pixels[fy * width + fx] * 170 // 255
    for _ in range(width * height // 2000):
        page[draw.randrange(len(page))] = draw.randrange(120)
    return bytes(page)


def pdf(pages, resolution):
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    for width, height, pixels in pages:
        packed = zlib.compress(pixels)
        objects.append(
            b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray"
            b" /BitsPerComponent 8 /Filter /FlateDecode /Length %d >>\nstream\n" % (width, height, len(packed))
            + packed + b"\nendstream")
        image = len(objects)
        across, down = width * 72 / resolution, height * 72 / resolution
        content = b"%f 0 0 %f 0 0 cm /I Do" % (across, down)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %f %f] /Contents %d 0 R"
            b" /Resources << /XObject << /I %d 0 R >> >> >>" % (across, down, image + 1, image))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, table, len(objects) + 1, len(out))


def read(path, *more):
    run = subprocess.run([PROGRAM, "extract", path, "--format", "json", *more], capture_output=True)
    document = json.loads(run.stdout)["documents"][0]
    text = document["text"].encode()
    cut = lambda part: text[part["span"]["start"] : part["span"]["end"]].decode()
    return document, [cut(part) for part in document["paragraphs"]]


words = lambda text: re.findall(r"\w+", text.lower())
ends = lambda text: (tuple(words(text)[:3]), tuple(words(text)[-3:]))

print("| scan | pages | word recall | word precision | paragraphs | confidence | s a page |")
print("|---|---|---|---|---|---|---|")
for resolution in (150, 300):
    for copy in (False, True):
        both = truth_count = found_count = same = paragraphs = pages_count = 0
        confidences, seconds = [], 0.0
        for file in FILES:
            _, truth = read(file)
            with tempfile.TemporaryDirectory() as folder:
                subprocess.run(["pdftoppm", "-gray", "-r", str(resolution), file, folder + "/p"], check=True)
                pages = [pgm(os.path.join(folder, name)) for name in sorted(os.listdir(folder))]
                if copy:
                    pages = [(w, h, copied(w, h, px, at)) for at, (w, h, px) in enumerate(pages)]
                scan = os.path.join(folder, "scan.pdf")
                open(scan, "wb").write(pdf(pages, resolution))
                start = time.time()
                document, found = read(scan, "--ocr")
                seconds += time.time() - start
            one, other = Counter(words(" ".join(truth))), Counter(words(" ".join(found)))
            both += sum((one & other).values())
            truth_count += sum(one.values())
            found_count += sum(other.values())
            mine = Counter(ends(text) for text in found)
            theirs = Counter(ends(text) for text in truth)
            same += sum((mine & theirs).values())
            paragraphs += sum(theirs.values())
            pages_count += len(pages)
            confidences += [page["confidence"] for page in document["recognised"]["pages"] if page["confidence"]]
        print(f"| {resolution} an inch{', copied' if copy else ''} | {pages_count} | {both / truth_count:.4f} | "
              f"{both / found_count:.4f} | {same / paragraphs:.3f} | {sum(confidences) / len(confidences):.0f} | "
              f"{seconds / pages_count:.2f} |", flush=True)
