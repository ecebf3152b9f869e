"""The units of systemd: no mistake in them, and little that they may do."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

BINARY = os.environ["TESTED_BINARY"]
UNITS = pathlib.Path(os.environ["TESTED_SOURCE"], "config", "systemd")
# In tenths, as systemd-analyze counts: 0 is a service that may do nothing, 100 one that may do all. What is left is
# the network, which praxisync is there for.
EXPOSURE = 11


class Units(unittest.TestCase):
    def setUp(self):
        self.services = sorted(UNITS.glob("*.service"))
        self.assertEqual(len(self.services), 2)

    def analyze(self, *arguments):
        if shutil.which("systemd-analyze") is None:
            self.skipTest("systemd-analyze is not installed: scripts/setup package installs systemd")
        return subprocess.run(["systemd-analyze", "--no-pager", *arguments], capture_output=True, text=True)

    def test_verify_has_nothing_to_say(self):
        with tempfile.TemporaryDirectory() as folder:
            for unit in [*self.services, UNITS / "praxisync.timer"]:
                text = unit.read_text().replace("/usr/bin/praxisync", BINARY)
                pathlib.Path(folder, unit.name).write_text(text)
            verified = self.analyze("verify", "--man=no", *sorted(map(str, pathlib.Path(folder).iterdir())))
        # A misspelt key is but a warning for it.
        self.assertEqual((verified.returncode, verified.stderr), (0, ""))

    def test_services_may_do_little(self):
        for service in self.services:
            judged = self.analyze("security", "--offline=yes", f"--threshold={EXPOSURE}", str(service))
            print(re.search(r"Overall exposure level for .*: [0-9.]+", judged.stdout)[0])
            self.assertEqual(judged.returncode, 0)

    def test_services_may_do_the_same(self):
        start = "CapabilityBoundingSet="
        limits = [service.read_text().split(start)[1].split("\n\n")[0].strip() for service in self.services]
        self.assertEqual(limits[0], limits[1])

    def test_what_they_call_is_understood(self):
        for service in self.services:
            line = re.search(r"^ExecStart=/usr/bin/praxisync (.*)$", service.read_text(), re.M)[1]
            called = subprocess.run([BINARY, *line.split(), "--help"], capture_output=True, text=True)
            self.assertEqual((called.returncode, called.stderr), (0, ""))

    def test_the_config_takes_its_secrets_and_its_state_from_where_the_units_put_them(self):
        config = (UNITS / "praxisync.toml").read_text()
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "praxicraft").write_text("key-of-a-test")
            pathlib.Path(folder, "praxicraft").chmod(0o600)
            pathlib.Path(folder, "praxisync.toml").write_text(config)
            checked = subprocess.run(
                [BINARY, "doctor", "--config", f"{folder}/praxisync.toml"], capture_output=True, text=True,
                env={"CREDENTIALS_DIRECTORY": folder, "PRAXISYNC_STATE__PATH": f"{folder}/praxisync.db",
                     "PRAXISYNC_ASSESS__BASE_URL": "http://127.0.0.1:9"})
            # Nobody answers there, but that it was asked means that the config was read.
            self.assertIn("127.0.0.1", checked.stdout + checked.stderr)
            self.assertNotIn("praxisync.toml:", checked.stdout + checked.stderr)
        names = set(re.findall(r'credential = "([^"]+)"', config))
        for service in self.services:
            self.assertEqual(names, set(re.findall(r"^LoadCredential=([^:]+):", service.read_text(), re.M)))
            self.assertIn("StateDirectory=praxisync\n", service.read_text())
        self.assertIn('path = "/var/lib/praxisync/praxisync.db"', config)


if __name__ == "__main__":
    unittest.main()
