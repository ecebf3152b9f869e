#!/usr/bin/env python3
"""page_test.py PRAXISYNC PAGE: follows a page of docs/ as its reader would.

In a folder with a config, an export and a database of one run, against the sandbox, each block that says ```sh is run
by bash, in the page's order; `praxisync` is the binary under test. Exits with 1 where a command fails, and with 2
where the page has none.
"""
import os, pathlib, re, subprocess, sys, tempfile

CONFIG = """[assess]
base_url = "{origin}"
api_key = {{ env = "PRAXICRAFT_API_KEY" }}
[[connector]]
name = "ats"
type = "file"
path = "export.csv"
[[route]]
name = "backend"
connector = "ats"
job = "Backend"
stage = "Test"
assessment = "senior-backend-screen"
"""
EXPORT = "application_id,email,name,job,stage\n1,ada@example.com,Ada,Backend,Test\n2,bob@example.com,Bob,Backend,Test\n"


def start_sandbox(praxisync, folder):
    process = subprocess.Popen([praxisync, "sandbox", "--port", "0"], cwd=folder, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, text=True)
    told = ""
    while "end it with" not in told:
        line = process.stdout.readline()
        if not line:
            sys.exit("the sandbox did not start: " + told)
        told += line
    return process, re.search(r"http://\S+", told)[0], re.search(r"^key: (\S+)", told, re.M)[1]


def main():
    praxisync, page = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    blocks = re.findall(r"^```sh\n(.*?)^```", page.read_text(), re.M | re.S)
    if not blocks:
        print(f"{page}: no block of commands")
        return 2
    with tempfile.TemporaryDirectory(prefix="praxisync-docs-") as name:
        folder = pathlib.Path(name)
        (folder / "bin").mkdir()
        (folder / "bin" / "praxisync").symlink_to(praxisync)
        sandbox, origin, key = start_sandbox(praxisync, folder)
        try:
            (folder / "praxisync.toml").write_text(CONFIG.format(origin=origin))
            (folder / "export.csv").write_text(EXPORT)
            environment = {"PATH": f"{folder}/bin:{os.environ['PATH']}", "HOME": name, "PRAXICRAFT_API_KEY": key}
            for block in ["praxisync sync", *blocks]:
                ended = subprocess.run(["bash", "-euc", block], cwd=folder, env=environment, text=True,
                                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                if ended.returncode != 0:
                    print(f"{page}: exit code {ended.returncode} of\n{block}\n{ended.stdout}")
                    return 1
        finally:
            sandbox.terminate()
            sandbox.wait()
    print(f"{page}: {len(blocks)} blocks of commands work")
    return 0


if __name__ == "__main__":
    sys.exit(main())
