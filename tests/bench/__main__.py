"""``python -m tests.bench [NAME…] [--quick] [--write]``: run the benches; write docs/performance.md.

A bench is a module ``tests/bench/bench_NAME.py`` with ``run(options) -> Iterator[Result]``. With ``--write``
(what ``make bench`` gives) the figures of the benches that ran take the place of their old ones in the page.
"""

from __future__ import annotations

import argparse
import importlib
import platform
import re
from importlib.metadata import version
from pathlib import Path

from tests.bench.measure import ROOT, Options, Result

PAGE = ROOT / "docs" / "performance.md"
NAMES = sorted(path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py"))


def render(result: Result) -> str:
    """A result as Markdown."""
    lines = [f"### {result.title}", "", result.about, "", f"| | {' | '.join(result.columns)} |"]
    lines.append("| --- |" + " ---: |" * len(result.columns))
    lines += [f"| {figure.what} | {' | '.join(figure.values)} |" for figure in result.figures]
    return "\n".join(lines) + "\n"


def put(page: str, name: str, text: str) -> str:
    """The page with the generated part of one bench replaced, or added at its end."""
    begin, end = f"<!-- bench {name} -->", f"<!-- end {name} -->"
    part = f"{begin}\n{text}{end}"
    pattern = re.compile(re.escape(begin) + r".*?" + re.escape(end), re.DOTALL)
    return pattern.sub(lambda _: part, page) if pattern.search(page) else f"{page.rstrip()}\n\n{part}\n"


def machine() -> str:
    """What the figures were measured on."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = re.findall(r"model name\s*:\s*(.+)", info.read_text())
        cpu = f"{names[0]}, {len(names)} cores" if names else cpu
    packages = ", ".join(f"{name} {version(name)}" for name in ("spacy", "pyarrow"))
    return f"{cpu}; Python {platform.python_version()}; {packages}"


def main() -> None:
    """Run the benches that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(NAMES)}; all by default")
    parser.add_argument("--quick", action="store_true", help="few articles, to try the benches out")
    parser.add_argument("--write", action="store_true", help=f"put the figures into {PAGE.relative_to(ROOT)}")
    given = parser.parse_args()
    unknown = set(given.names) - set(NAMES)
    if unknown:
        parser.error(f"no bench {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    print(machine())
    for name in given.names or NAMES:
        module = importlib.import_module(f"tests.bench.bench_{name}")
        text = "\n".join(render(result) for result in module.run(Options(given.quick)))
        print(f"\n{text}")
        if given.write and not given.quick:
            page = PAGE.read_text(encoding="utf-8")
            PAGE.write_text(put(page, name, f"{text}\nMeasured on {machine()}.\n"), encoding="utf-8")


if __name__ == "__main__":
    main()
