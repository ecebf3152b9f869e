"""The completions, asked for in the real shells."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

BINARY = os.environ["TESTED_BINARY"]

# The command line up to the cursor, what must be offered, and what must not.
CASES = [
    ("praxisync ", {"sync", "schedule", "help", "completions"}, {"pause", "schedule pause", "--config", "here.toml"}),
    ("praxisync sy", {"sync"}, {"serve"}),
    ("praxisync schedule ", {"pause", "resume"}, {"sync", "here.toml"}),
    ("praxisync schedule p", {"pause"}, {"resume"}),
    ("praxisync sync --max", {"--max-duration"}, {"--confirm"}),
    ("praxisync schedule pause --", {"--connector", "--config"}, {"--max-duration"}),
    ("praxisync sync --output ", {"table", "json"}, {"markdown", "here.toml"}),
    ("praxisync connectors --output ", {"table", "json", "markdown"}, set()),
    ("praxisync sync -o j", {"json"}, {"table"}),
    ("praxisync --log-level debug sync --conn", {"--connector"}, {"sync"}),
    ("praxisync --log-level ", {"debug", "error"}, {"sync"}),
    ("praxisync sync --config he", {"here.toml"}, set()),
    ("praxisync man --write ", {"folder"}, {"here.toml"}),
    ("praxisync completions ", {"bash", "zsh", "fish"}, {"here.toml"}),
    ("praxisync sync ", set(), {"here.toml", "table", "sync"}),
]


class Completes:
    """A shell's answers; `ask` is the shell's own way."""
    shell = ""

    def setUp(self):
        if shutil.which(self.shell) is None:
            self.skipTest(f"{self.shell} is not installed: scripts/setup package installs it")
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        (self.folder / "here.toml").touch()
        (self.folder / "folder").mkdir()
        self.script = self.folder / f"script.{self.shell}"
        made = subprocess.run([BINARY, "completions", self.shell], capture_output=True, text=True, check=True)
        self.script.write_text(made.stdout)

    def test_the_script_has_no_mistakes(self):
        checked = subprocess.run([self.shell, "-n", self.script], capture_output=True, text=True)
        self.assertEqual((checked.returncode, checked.stderr), (0, ""))

    def test_offers_what_may_come_next(self):
        for line, wanted, unwanted in CASES:
            with self.subTest(line=line):
                offered = self.ask(line)
                self.assertLessEqual(wanted, offered)
                self.assertFalse(unwanted & offered)

    def run_shell(self, program):
        ran = subprocess.run([self.shell, "-c", program], cwd=self.folder, capture_output=True, text=True,
                             timeout=60, env={"PATH": os.environ["PATH"], "HOME": str(self.folder), "TERM": "dumb"})
        self.assertEqual(ran.stderr, "")
        return ran.stdout


class Bash(Completes, unittest.TestCase):
    shell = "bash"

    def ask(self, line):
        # As bash splits it: at spaces, and at '='.
        words = line.replace("=", " = ").split()
        if line.endswith((" ", "=")):
            words.append("" if line.endswith(" ") else "=")
        return set(self.run_shell(
            f". {self.script}\n"
            f"COMP_WORDS=({' '.join(repr(word) for word in words)})\n"
            f"COMP_CWORD={len(words) - 1}\n"
            "$(complete -p praxisync | sed 's/.*-F \\([^ ]*\\) .*/\\1/')\n"
            "printf '%s\\n' \"${COMPREPLY[@]}\"\n").split())

    def test_understands_an_equals_sign(self):
        self.assertEqual(self.ask("praxisync sync --output=js"), {"json"})


class Fish(Completes, unittest.TestCase):
    shell = "fish"

    def ask(self, line):
        offered = self.run_shell(f"source {self.script}; complete -C '{line}'")
        return {row.split("\t")[0].rstrip("/") for row in offered.splitlines()}


class Zsh(Completes, unittest.TestCase):
    """Within a terminal of its own: zsh completes nowhere else. What is offered is caught on its way to the list."""
    shell = "zsh"
    driver = r"""
zmodload zsh/zpty
zpty shell zsh -f -i
type() { zpty -w shell "$1" }
type 'PS1=; autoload -Uz compinit; compinit -u -D'
type 'praxisync() { }; functions[_praxisync]="$(<SCRIPT)"; compdef _praxisync praxisync'
type 'compadd() {
  local -a found
  [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]] || { builtin compadd -O found "$@"; print -rl -- OFFER:$^found }
  builtin compadd "$@"
}'
type 'offers() { _main_complete; compstate[insert]=; compstate[list]=; print -r -- END"OFOFFERS" }'
type 'zle -C offers complete-word offers; bindkey "^I" offers; print READY"NOW"'
zpty -r shell ignored '*READYNOW*'
zpty -w -n shell $'LINE\t'
zpty -r shell text '*ENDOFOFFERS*'
print -r -- $text
zpty -d shell
"""

    def ask(self, line):
        text = self.run_shell(self.driver.replace("SCRIPT", str(self.script)).replace("LINE", line))
        return {found.rstrip("/") for found in re.findall(r"OFFER:(\S+)", text)}


if __name__ == "__main__":
    unittest.main()
