"""The manual pages, read by man and judged by the tools that find mistakes in them."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

BINARY = os.environ["TESTED_BINARY"]


def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, **more)


class ManualPages(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        written = run(BINARY, "man", "--write", self.folder)
        self.assertEqual((written.returncode, written.stdout, written.stderr), (0, "", ""))
        self.pages = sorted(self.folder.iterdir())

    def test_there_is_one_for_each_command(self):
        overview = run(BINARY, "--help").stdout.split("Commands:\n")[1].split("\n\n")[0]
        commands = [re.split(r"  +", line.strip())[0] for line in overview.splitlines()]
        self.assertGreater(len(commands), 10)
        wanted = {"praxisync.1", "praxisync.toml.5"} | {f"praxisync-{name.replace(' ', '-')}.1" for name in commands}
        self.assertEqual({page.name for page in self.pages}, wanted)

    def test_man_finds_nothing_to_warn_of(self):
        if shutil.which("man") is None or shutil.which("groff") is None:
            self.skipTest("man or groff is not installed: scripts/setup package installs them")
        for page in self.pages:
            read = run("man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", page,
                       env={**os.environ, "MANWIDTH": "80", "LC_ALL": "C.UTF-8"})
            self.assertEqual((read.returncode, read.stderr), (0, ""), page.name)

    def test_mandoc_finds_nothing_but_the_date_left_out(self):
        if shutil.which("mandoc") is None:
            self.skipTest("mandoc is not installed: scripts/setup package installs it")
        for page in self.pages:
            said = run("mandoc", "-T", "lint", "-W", "warning", page).stdout.splitlines()
            self.assertEqual([line for line in said if "missing date" not in line], [], page.name)

    def test_a_page_says_what_help_says(self):
        if shutil.which("mandoc") is None:
            self.skipTest("mandoc is not installed: scripts/setup package installs it")
        shown = run("mandoc", "-T", "ascii", "-O", "width=200", self.folder / "praxisync-sync.1").stdout
        plain = re.sub(".\x08", "", shown)
        options = re.findall(r"--[a-z-]+", run(BINARY, "sync", "--help").stdout.split("Options:")[1].split("Examples:")[0])
        self.assertGreater(len(options), 5)
        for option in options:
            self.assertIn(option, plain)
        self.assertIn("another run holds the lease", plain)

    def test_the_example_config_is_all_there(self):
        if shutil.which("mandoc") is None:
            self.skipTest("mandoc is not installed: scripts/setup package installs it")
        example = pathlib.Path(os.environ["TESTED_SOURCE"], "config", "praxisync.example.toml").read_text()
        shown = run("mandoc", "-T", "utf8", "-O", "width=200", self.folder / "praxisync.toml.5").stdout
        plain = re.sub(".\x08", "", shown)
        for line in example.splitlines():
            if line and not line.startswith("# ----"):
                self.assertIn(line.strip(), plain)

    def test_a_page_that_is_not_there_is_named(self):
        asked = run(BINARY, "man", "snyc")
        self.assertEqual(asked.returncode, 2)
        self.assertIn("there is no page praxisync-snyc", asked.stderr)

    def test_a_folder_that_is_not_there_is_an_error(self):
        asked = run(BINARY, "man", "--write", self.folder / "missing")
        self.assertEqual(asked.returncode, 1)
        self.assertIn("No such file or directory", asked.stderr)


if __name__ == "__main__":
    unittest.main()
