"""Agreement statistics beside independent implementations of them.

Makes random tables from seeds, has the program score them, computes the same
figures with krippendorff, irrCAC, scikit-learn and scipy, and prints the
largest difference of each kind. It fails where one is above 1e-9, where only
one side has a value, or where fewer figures were compared than it says below.

    cargo build --release --example reliability
    python reliability.py ../../target/release/examples/reliability
    python reliability.py PROGRAM --write ../suite/reliability   # the fixtures

Figures come from libraries. Only what no library has is written out here: the
mean over elements, and which cells a round of the bootstrap draws (numpy's own
PCG64DXSM); what is computed from the drawn cells comes from libraries again.
"""

import csv
import io
import json
import math
import pathlib
import subprocess
import sys
import warnings

import krippendorff
import numpy
import pandas
from irrCAC.raw import CAC
from scipy import stats
from sklearn.metrics import accuracy_score, cohen_kappa_score, precision_recall_fscore_support

WORDS = {0: "absent", 1: "indirect", 2: "present", None: ""}
READINGS = {"present": lambda v: int(v == 2), "any": lambda v: int(v >= 1), "values": lambda v: v}
TOLERANCE = 1e-9
TABLES = 60
ROUNDS = 150
# The program's own.
SEED = 2021
# Fewer would mean that the check has come to compare nothing.
LEAST = {"value": 15_000, "wilson": 3_000, "bootstrap": 200, "q": 30}


def make_table(seed):
    """Random cells: coders, agreements, elements, gaps and skew all vary."""
    random = numpy.random.default_rng(seed)
    coders = 2 if seed % 2 else int(random.integers(3, 6))
    agreements, elements = int(random.integers(1, 25)), int(random.integers(1, 9))
    gaps = [0.0, 0.05, 0.3][seed % 3]
    skew = random.dirichlet([1.0, 0.7, 0.9])
    faithful = random.uniform(0.2, 0.95)
    cells = []
    for agreement in range(agreements):
        for element in range(elements):
            truth = random.choice(3, p=skew)
            values = []
            for _ in range(coders):
                value = truth if random.random() < faithful else random.choice(3, p=skew)
                values.append(None if random.random() < gaps else int(value))
            name = f"{element // 3 + 1}.{element % 3 + 1}"
            cells.append((f"a{agreement:03}", name, str(element // 3 + 1), values))
    return cells


def as_csv(cells):
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    coders = [f"coder {number + 1}" for number in range(len(cells[0][3]))]
    rows.writerow(["agreement", "element", "category", *coders])
    for agreement, element, category, values in cells:
        rows.writerow([agreement, element, category, *(WORDS[value] for value in values)])
    return out.getvalue()


def score(program, cells, *arguments):
    command = [program, "--all-coefficients", *arguments]
    done = subprocess.run(command, input=as_csv(cells), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["scores"]


def of_scope(cells, scope):
    kind, _, label = scope.partition(":")
    column = {"agreement": 0, "element": 1, "category": 2}.get(kind)
    return [cell for cell in cells if column is None or cell[column] == label]


class NoLibrary(Exception):
    """The library cannot say: irrCAC divides by the number of cells less one."""


def irr(ratings, count, weights="identity"):
    if len(ratings) < 2:
        raise NoLibrary
    frame = pandas.DataFrame(
        [[math.nan if value is None else float(value) for value in row] for row in ratings]
    )
    return CAC(frame, weights=weights, categories=[float(v) for v in range(count)], digits=15)


def figure(cells, name, reading):
    """One figure by a library, or None where it has none."""
    read = READINGS[reading]
    count = 3 if reading == "values" else 2
    rows = [[None if v is None else read(v) for v in cell[3]] for cell in cells]
    elements = [cell[1] for cell in cells]
    rated = [row for row in rows if any(v is not None for v in row)]
    if not any(sum(v is not None for v in row) > 1 for row in rated):
        return None
    if name in ("alpha", "alpha-ordinal"):
        paired = {v for row in rated if sum(x is not None for x in row) > 1 for v in row if v is not None}
        if len(paired) < 2:
            return None
        level = "ordinal" if name == "alpha-ordinal" else "nominal"
        data = numpy.array([[math.nan if v is None else v for v in row] for row in rated]).T
        return krippendorff.alpha(data, level_of_measurement=level, value_domain=list(range(count)))
    if name in ("ac1", "ac2", "fleiss-kappa"):
        if name == "fleiss-kappa":
            if len({v for row in rated for v in row if v is not None}) < 2:
                return None
            return irr(rated, count).fleiss()["est"]["coefficient_value"]
        weights = "ordinal" if name == "ac2" else "identity"
        return irr(rated, count, weights).gwet()["est"]["coefficient_value"]
    if name == "agreement" and len(rows[0]) > 2:
        return irr(rated, count).gwet()["est"]["pa"]
    both = [(row, element) for row, element in zip(rows, elements) if None not in row]
    left, right = [row[0] for row, _ in both], [row[1] for row, _ in both]
    if name == "agreement":
        return accuracy_score(left, right)
    if name.startswith("kappa"):
        if len(set(left + right)) < 2:
            return None
        weights = {"kappa": None, "kappa-linear": "linear", "kappa-quadratic": "quadratic"}[name]
        return cohen_kappa_score(left, right, weights=weights, labels=list(range(count)))
    which = ["precision", "recall", "f1"].index(name.removeprefix("macro-"))
    if name.startswith("macro-"):
        each = []
        for element in sorted({element for _, element in both}):
            of = [row for row, other in both if other == element]
            each.append(against([row[0] for row in of], [row[1] for row in of])[which])
        each = [one for one in each if not math.isnan(one)]
        return sum(each) / len(each) if each else None
    one = against(left, right)[which]
    return None if math.isnan(one) else one


def against(truth, found):
    return precision_recall_fscore_support(
        truth, found, labels=[1], average=None, zero_division=numpy.nan
    )[:3] if truth else (math.nan,) * 3


def wilson(cells, name, reading):
    read = READINGS[reading]
    both = [[read(v) for v in cell[3]] for cell in cells if None not in cell[3]]
    if name == "agreement":
        hits, whole = sum(left == right for left, right in both), len(both)
    else:
        side = 1 if name == "precision" else 0
        hits, whole = sum(left == right == 1 for left, right in both), sum(row[side] for row in both)
    found = stats.binomtest(hits, whole).proportion_ci(method="wilson")
    return found.low, found.high


def drawn(cells, resampled, seed, rounds, macros=True):
    """The cells of each round, as `bootstrap.rs` describes it.

    Single cells stand by element only where elements are averaged (`macros`).
    """
    two = len(cells[0][3]) == 2
    names = sorted({cell[1] for cell in cells})

    def key(cell):
        counts = [cell[3].count(value) for value in range(3)]
        pair = [3 if value is None else value for value in cell[3]]
        return (names.index(cell[1]) if macros else 0, pair, counts) if two else (counts,)

    rated = [cell for cell in cells if any(value is not None for value in cell[3])]
    if resampled == "agreements":
        clusters = [of_scope(rated, f"agreement:{name}") for name in sorted({c[0] for c in rated})]
    else:
        clusters = [[cell] for cell in sorted(rated, key=key)]
    multiplier = 15750249268501108917
    for number in range(rounds):
        increment = 2 * number + 1
        state = ((seed + increment) * multiplier + increment) % 2**128
        bits = numpy.random.PCG64DXSM()
        whole = bits.state
        whole["state"] = {"state": state, "inc": increment}
        bits.state = whole
        raw = bits.random_raw(len(clusters))
        yield [cell for x in raw for cell in clusters[(int(x) * len(clusters)) >> 64]]


def bounds(values):
    low, high = numpy.quantile(values, [0.025, 0.975])
    return float(low), float(high), float(numpy.mean(numpy.array(values) < 0.667))


class Differences:
    def __init__(self):
        self.seen = {}
        self.wrong = []
        self.skipped = 0

    def add(self, kind, name, ours, theirs, where):
        if (ours is None) != (theirs is None):
            self.wrong.append(f"{where}: {name} {kind} is {ours} here and {theirs} there")
            return
        apart = 0.0 if ours is None else abs(ours - theirs)
        if not apart <= TOLERANCE:
            self.wrong.append(f"{where}: {name} {kind} {ours} against {theirs}")
        count, largest, valued = self.seen.get((kind, name), (0, 0.0, 0))
        self.seen[kind, name] = (count + 1, max(largest, apart), valued + (ours is not None))

    def print(self):
        print(f"{'what':10} {'figure':16} {'compared':>9} {'with value':>11}  largest difference")
        for (kind, name), (count, largest, valued) in sorted(self.seen.items()):
            print(f"{kind:10} {name:16} {count:9} {valued:11}  {largest:.1e}")
        print(f"left out, because the library divides by zero: {self.skipped}")
        for kind, least in LEAST.items():
            found = sum(valued for (other, _), (_, _, valued) in self.seen.items() if other == kind)
            if found < least:
                self.wrong.append(f"only {found} figures compared: {kind}")
        for line in self.wrong[:20]:
            print("WRONG", line)
        return not self.wrong


def check(program):
    differences = Differences()
    for seed in range(TABLES):
        cells = make_table(seed)
        for one in score(program, cells, "--rounds", "0"):
            where = f"table {seed}, {one['scope']}, {one['reading']}"
            some = of_scope(cells, one["scope"])
            try:
                theirs = figure(some, one["name"], one["reading"])
            except NoLibrary:
                differences.skipped += 1
                continue
            differences.add("value", one["name"], one["value"], theirs, where)
            if one.get("interval") == "wilson":
                low, high = wilson(some, one["name"], one["reading"])
                differences.add("wilson", one["name"], one["low"], low, where)
                differences.add("wilson", one["name"], one["high"], high, where)
    for seed in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10):
        cells = make_table(seed)
        scores = score(program, cells, "--rounds", str(ROUNDS), "--seed", str(seed))
        largest = max(scores, key=lambda s: (s["scope"].startswith("agreement:"), s["n"]))["scope"]
        for scope in ("pooled", largest):
            compare_bootstrap(cells, scores, scope, seed, differences)
    return differences


def compare_bootstrap(cells, scores, scope, seed, differences):
    those = [s for s in scores if s["scope"] == scope and s.get("interval") == "bootstrap"]
    if not those:
        return
    some = of_scope(cells, scope)
    macros = scope == "pooled"
    rounds = list(drawn(some, those[0]["resampled"], seed, ROUNDS, macros))
    for one in those:
        values = [figure(cells_of, one["name"], one["reading"]) for cells_of in rounds]
        low, high, below = bounds([value for value in values if value is not None])
        where = f"table {seed}, {scope}, {one['reading']}"
        differences.add("bootstrap", one["name"], one["low"], low, where)
        differences.add("bootstrap", one["name"], one["high"], high, where)
        if "q" in one:
            differences.add("q", one["name"], one["q"], below, where)


def write(program, folder):
    """Tables with what the libraries say of them, for the tests in Rust."""
    folder = pathlib.Path(folder)
    folder.mkdir(exist_ok=True)
    for name, seed in (("two-coders", 7), ("more-coders", 8)):
        cells = make_table(seed)
        scores = score(program, cells, "--rounds", str(ROUNDS))
        scores = [one for one in scores if not one["scope"].startswith("agreement:")]
        rounds = list(drawn(cells, "agreements", SEED, ROUNDS))
        (folder / f"{name}.csv").write_text(as_csv(cells))
        with open(folder / f"{name}.expected.csv", "w", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(["scope", "reading", "name", "value", "low", "high"])
            rows.writerows(expected(cells, rounds, one) for one in scores)


def expected(cells, rounds, one):
    """A row of a fixture: which figure it is comes from us, what it is does not."""
    name, reading, scope = one["name"], one["reading"], one["scope"]
    some = of_scope(cells, scope)
    value, low, high = figure(some, name, reading), None, None
    if value is not None and one.get("interval") == "wilson":
        low, high = wilson(some, name, reading)
    elif value is not None and scope == "pooled":
        values = [figure(drawn_cells, name, reading) for drawn_cells in rounds]
        low, high, _ = bounds([one for one in values if one is not None])
    numbers = ["" if number is None else repr(float(number)) for number in (value, low, high)]
    return [scope, reading, name, *numbers]


def main():
    # Libraries warn of divisions whose results are not used here.
    warnings.simplefilter("ignore")
    numpy.seterr(all="ignore")
    if len(sys.argv) == 4 and sys.argv[2] == "--write":
        write(sys.argv[1], sys.argv[3])
    elif len(sys.argv) == 2:
        sys.exit(0 if check(sys.argv[1]).print() else 1)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
