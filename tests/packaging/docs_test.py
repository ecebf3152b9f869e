"""docs/install.md: every command, script and unit that it names is there."""
import os
import pathlib
import re
import subprocess
import unittest

SOURCE = pathlib.Path(os.environ["TESTED_SOURCE"])
PAGE = (SOURCE / "docs/install.md").read_text()


class InstallPage(unittest.TestCase):
    def test_its_commands_are_understood(self):
        blocks = "\n".join(re.findall(r"```sh\n(.*?)```", PAGE, re.S)).replace("\\\n", " ")
        commands = re.findall(r"(?:^|\s)praxisync ([a-z][^|>#\n]*)", blocks, re.M)
        self.assertGreater(len(commands), 4)
        for command in commands:
            asked = subprocess.run([os.environ["TESTED_BINARY"], *command.split(), "--help"], capture_output=True, text=True)
            self.assertEqual((asked.returncode, asked.stderr), (0, ""), command)

    def test_its_scripts_and_units_are_there(self):
        named = {f"scripts/{name}" for name in re.findall(r"scripts/([a-z_-]+)", PAGE)}
        named |= {f"config/systemd/{name}" for name in re.findall(r"\bpraxisync(?:-serve)?\.(?:service|timer)\b", PAGE)}
        self.assertGreater(len(named), 4)
        self.assertEqual([path for path in sorted(named) if not (SOURCE / path).exists()], [])

    def test_it_says_what_the_units_say_of_exit_codes(self):
        success = re.search(r"^SuccessExitStatus=(.*)$", (SOURCE / "config/systemd/praxisync.service").read_text(), re.M)[1]
        told = re.search(r"^\| ([0-9, ]+) \| success:", PAGE, re.M)[1]
        self.assertEqual(set(told.replace(",", " ").split()), {"0", *success.split()})


if __name__ == "__main__":
    unittest.main()
