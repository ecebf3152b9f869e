"""cmake --install into a scratch prefix: everything is where its readers look for it."""
import os
import pathlib
import subprocess
import tempfile
import unittest

BUILD = os.environ["TESTED_BUILD"]
WANTED = """
bin/praxisync
share/man/man1/praxisync.1
share/man/man1/praxisync-sync.1
share/man/man1/praxisync-schedule-pause.1
share/man/man5/praxisync.toml.5
share/bash-completion/completions/praxisync
share/zsh/site-functions/_praxisync
share/fish/vendor_completions.d/praxisync.fish
share/doc/praxisync/install.md
share/doc/praxisync/examples/praxisync.example.toml
share/doc/praxisync/examples/praxisync.service.toml
lib/systemd/system/praxisync.service
lib/systemd/system/praxisync-serve.service
lib/systemd/system/praxisync.timer
lib/sysusers.d/praxisync.conf
lib/tmpfiles.d/praxisync.conf
""".split()


class Installed(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.prefix = pathlib.Path(scratch.name)
        made = subprocess.run(["cmake", "--build", BUILD, "--target", "praxisync_manual"], capture_output=True, text=True)
        self.assertEqual(made.returncode, 0, made.stdout)
        # The units name the place that was configured, so that the files go below a root of their own.
        done = subprocess.run(["cmake", "--install", BUILD], capture_output=True, text=True,
                              env={**os.environ, "DESTDIR": scratch.name})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.root = self.prefix / "usr" / "local"

    def test_everything_is_in_its_place(self):
        missing = [path for path in WANTED if not (self.root / path).is_file()]
        self.assertEqual(missing, [])

    def test_the_program_runs_from_there(self):
        told = subprocess.run([self.root / "bin/praxisync", "--version"], capture_output=True, text=True)
        self.assertRegex(told.stdout, r"^praxisync \d+\.\d+\.\d+\n")

    def test_the_units_start_what_was_installed(self):
        for unit in (self.root / "lib/systemd/system").glob("*.service"):
            self.assertIn("\nExecStart=/usr/local/bin/praxisync ", unit.read_text())


if __name__ == "__main__":
    unittest.main()
