"""A release build is as hard as it says, and the check finds what another build lacks."""
import json
import os
import subprocess
import unittest

BINARY, SOURCE = os.environ["TESTED_BINARY"], os.environ["TESTED_SOURCE"]


class Hardening(unittest.TestCase):
    def check(self, *secrets):
        return subprocess.run([f"{SOURCE}/scripts/check_hardening", BINARY, *secrets], capture_output=True, text=True)

    def test_what_the_program_claims_is_so(self):
        told = json.loads(subprocess.run([BINARY, "--version", "--output", "json"], capture_output=True, text=True).stdout)
        if told["hardening"]:
            checked = self.check(SOURCE)
            self.assertEqual((checked.returncode, checked.stderr), (0, ""), checked.stdout)
        else:
            checked = self.check(SOURCE)
            self.assertEqual(checked.returncode, 1)
            for claim in ("containers are checked", "all of them are done at the start", "jumps are checked",
                          f"{SOURCE} does not stand in it"):
                self.assertIn(f"not so: {claim}\n", checked.stdout)

    def test_a_secret_in_it_is_found(self):
        self.assertIn("not so: praxisync keeps does not stand in it", self.check("praxisync keeps").stdout)


if __name__ == "__main__":
    unittest.main()
