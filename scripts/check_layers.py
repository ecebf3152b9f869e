#!/usr/bin/env python3
"""Holds the includes of each folder against its links, and keeps each thing in its place.

With one include root a wrong #include still compiles, so the arrows between the modules are tested:
  - a folder includes only headers of itself and of folders that its CMakeLists.txt links;
  - domain links nothing of ours, nothing links cli;
  - SQL lives in store/ and in the file of the webhooks' inbox, SQLite's headers too; JSON not in sync/ or domain/; no HTTP status there either;
  - a connector's name occurs only in its folder, in all.cc and in sandbox/;
  - spdlog, cxxopts, toml++, prometheus-cpp and date are each included by one file.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r'^\s*#include\s+"([^"]+)"', re.M)
SYSTEM = re.compile(r"^\s*#include\s+<([^>]+)>", re.M)
MODULE = re.compile(r"praxisync_module\((\w+)(.*?)\)\s*$", re.S | re.M)
SQL = re.compile(r'"\s*(SELECT|INSERT|UPDATE|DELETE FROM|CREATE TABLE|PRAGMA)\s')
STATUS = re.compile(r"\bstatus\s*[=!<>]=?\s*[1-5]\d\d\b")
INBOX = "src/serve/inbox_file."
SINGLE = {"spdlog/": "src/cli/log.cc", "cxxopts.hpp": "src/cli/options.cc", "toml++/": "src/config/document.cc",
          "prometheus/": "src/report/metrics.cc",
          "date/": "src/schedule/time_zone.cc"}

problems = []


def blame(path, text):
    problems.append(f"{path.relative_to(ROOT)}: {text}")


def modules():
    """module name -> (folder, modules it links, directly)"""
    found = {}
    for cmake in [*ROOT.glob("src/**/CMakeLists.txt"), *ROOT.glob("connectors/**/CMakeLists.txt")]:
        for name, body in MODULE.findall(cmake.read_text()):
            found[name] = (cmake.parent, set(re.findall(r"praxisync::(\w+)", body)))
    return found


def reach(name, links, seen=None):
    seen = set() if seen is None else seen
    for link in links.get(name, (None, set()))[1]:
        if link not in seen:
            seen.add(link)
            reach(link, links, seen)
    return seen


def owner(path, folders):
    """The nearest folder above a file that has modules."""
    return next((folder for folder in path.parents if folder in folders), None)


def target_of(include, folders):
    """The folder whose modules hold an included header."""
    if "/" not in include:
        return None
    path = ROOT / ("" if include.startswith("connectors/") else "src") / include
    return owner(path, folders) or path.parent


def check_includes(all_modules):
    allowed = {}
    for name, (folder, _) in all_modules.items():
        reachable = {all_modules[link][0] for link in reach(name, all_modules) if link in all_modules}
        allowed.setdefault(folder, set()).update(reachable | {folder})
    for path in [*ROOT.glob("src/**/*"), *ROOT.glob("connectors/**/*")]:
        folder = owner(path, allowed)
        if path.suffix not in (".h", ".cc") or folder is None:
            continue
        for include in INCLUDE.findall(path.read_text()):
            target = target_of(include, allowed)
            if target is not None and target not in allowed[folder]:
                blame(path, f'includes "{include}", which its CMakeLists.txt does not link')


def check_places():
    connectors = [folder.name for folder in ROOT.glob("connectors/*") if folder.is_dir()]
    for path in [*ROOT.glob("src/**/*.h"), *ROOT.glob("src/**/*.cc"), *ROOT.glob("connectors/**/*.h"),
                 *ROOT.glob("connectors/**/*.cc")]:
        text = path.read_text()
        place = path.relative_to(ROOT).as_posix()
        inside = place.split("/")[1]
        if inside != "store" and not place.startswith(INBOX) and (SQL.search(text) or "SQLiteCpp" in text or "sqlite3" in text):
            blame(path, "SQL outside src/store")
        if inside in ("sync", "domain") and ("nlohmann" in text or STATUS.search(text)):
            blame(path, "JSON or an HTTP status in the engine")
        for header in SYSTEM.findall(text):
            for prefix, only in SINGLE.items():
                if header.startswith(prefix) and place != only:
                    blame(path, f"<{header}> belongs in {only} alone")
        for connector in connectors:
            named = re.search(rf'"connectors/{connector}/', text)
            if named and not place.startswith((f"connectors/{connector}/", "connectors/all.cc", "src/sandbox/")):
                blame(path, f"names the connector {connector}")


def main():
    all_modules = modules()
    if not all_modules:
        blame(ROOT / "CMakeLists.txt", "no modules found")
    if all_modules.get("domain", (None, {"?"}))[1]:
        blame(ROOT / "src/domain/CMakeLists.txt", "domain links another module")
    for name, (folder, links) in all_modules.items():
        if "cli" in links:
            blame(folder / "CMakeLists.txt", f"{name} links cli")
    check_includes(all_modules)
    check_places()
    print("\n".join(problems) or f"{len(all_modules)} modules, every arrow points inward")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
