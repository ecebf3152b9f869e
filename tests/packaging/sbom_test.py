"""The list of what praxisync is made of: valid, complete, and the same each time."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import tarfile
import tempfile
import unittest

SOURCE, BUILD, BINARY = (os.environ[f"TESTED_{name}"] for name in ("SOURCE", "BUILD", "BINARY"))
# Has the schemas in it.
LIBRARY = "@cyclonedx/cyclonedx-library@10.3.0"


def make():
    return subprocess.run([f"{SOURCE}/scripts/sbom", BUILD], capture_output=True, text=True, check=True,
                          env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}).stdout


class Sbom(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.text = make()
        cls.document = json.loads(cls.text)
        cls.ways = {part["name"]: {entry["value"] for entry in part["properties"] if entry["name"].endswith("built-in-as")}
                    for part in cls.document["components"]}

    def test_is_the_same_each_time(self):
        self.assertEqual(make(), self.text)
        self.assertEqual(self.document["metadata"]["timestamp"], "2023-11-14T22:13:20Z")

    def test_has_what_is_compiled_in_and_what_is_loaded(self):
        self.assertIn("text", self.ways["libjs-chart.js"])
        self.assertIn("static library", self.ways["libsqlitecpp-dev"])
        self.assertIn("headers", self.ways["nlohmann-json3-dev"])
        self.assertIn("shared library", self.ways["libcurl4"])
        self.assertNotIn("libgtest-dev", self.ways)

    def test_has_every_library_that_the_program_names(self):
        named = re.findall(r"\(NEEDED\).*\[(.*)\]", subprocess.run(
            ["readelf", "--wide", "--dynamic", BINARY], capture_output=True, text=True, check=True).stdout)
        direct = next(entry["dependsOn"] for entry in self.document["dependencies"] if entry["ref"].startswith("praxisync@"))
        packages = [part["name"] for part in self.document["components"] if part["bom-ref"] in direct]
        files = subprocess.run(["dpkg-query", "--listfiles", *packages], capture_output=True, text=True, check=True).stdout
        self.assertGreater(len(named), 5)
        for name in named:
            if not name.startswith("ld-linux"):
                self.assertIn(f"/{name}\n", files)

    def test_every_reference_leads_somewhere_and_is_there_once(self):
        own = self.document["metadata"]["component"]["bom-ref"]
        known = [own, *(part["bom-ref"] for part in self.document["components"])]
        self.assertEqual(len(known), len(set(known)))
        self.assertEqual(sorted(entry["ref"] for entry in self.document["dependencies"]), sorted(known))
        for entry in self.document["dependencies"]:
            self.assertLessEqual(set(entry["dependsOn"]), set(known))

    def test_is_valid_by_cyclonedx_own_schema(self):
        try:
            import jsonschema
        except ImportError:
            self.skipTest("python3-jsonschema is not installed: scripts/setup package installs it")
        if shutil.which("npm") is None:
            self.skipTest("npm is not installed, which has the schema")
        with tempfile.TemporaryDirectory() as folder:
            packed = subprocess.run(["npm", "pack", "--silent", LIBRARY], cwd=folder, capture_output=True, text=True)
            archives = list(pathlib.Path(folder).glob("*.tgz"))
            if packed.returncode != 0 or not archives:
                self.skipTest("npm cannot get the schema here")
            with tarfile.open(archives[0]) as archive:
                schemas = {name: json.load(archive.extractfile(f"package/res/schema/{name}.SNAPSHOT.schema.json"))
                           for name in ("bom-1.5", "spdx", "jsf-0.82")}
        bom = schemas["bom-1.5"]
        resolver = jsonschema.RefResolver.from_schema(bom, store={schema["$id"]: schema for schema in schemas.values()})
        mistakes = jsonschema.Draft7Validator(bom, resolver=resolver).iter_errors(self.document)
        self.assertEqual([f"{list(mistake.path)}: {mistake.message}" for mistake in mistakes], [])


if __name__ == "__main__":
    unittest.main(warnings="ignore")
