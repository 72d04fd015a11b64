"""Tests of what needs no peers: python3 -m unittest discover -s bench/driver."""

import contextlib
import importlib
import io
import os
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parent))
import options
import processes
import table

ROWS = ("one", "two")


class OptionsTest(unittest.TestCase):
    def parse(self, *arguments):
        return options.parsed(options.parser("bench", "", ROWS, "a page", ["three"]), ROWS, arguments)

    def test_a_whole_run_can_be_saved(self):
        self.assertTrue(self.parse("--save").save)
        self.assertEqual(self.parse("--rows", "two").rows, ["two"])
        self.assertEqual(self.parse("--save").rows, ["one", "two"])
        self.assertEqual(self.parse("--rows", "three").rows, ["three"])

    def test_a_part_or_a_short_run_never_replaces_a_page(self):
        for more in (["--quick"], ["--rows", "two"], ["--rows", "two,one"], ["--rows", "one,two,three"]):
            with self.subTest(more), contextlib.redirect_stderr(io.StringIO()), self.assertRaises(SystemExit):
                self.parse("--save", *more)


class ProcessesTest(unittest.TestCase):
    def test_java_is_that_of_maven_and_of_the_launcher(self):
        for home, java in (("/a/jdk", "/a/jdk/bin/java"), ("", "java")):
            with self.subTest(home), mock.patch.dict(os.environ, JAVA_HOME=home):
                self.assertEqual(importlib.reload(processes).java()[0], java)

    def test_openblas_is_told_what_the_launcher_tells_it(self):
        avx512 = "flags\t\t: fma avx2 avx512f avx512dq avx512bw avx512vl\n"
        self.assertEqual(processes.core_type(avx512), "SkylakeX")
        self.assertEqual(processes.core_type("model name : x\nflags\t: sse2 fma avx2 avx512f\n"), "Haswell")
        self.assertIsNone(processes.core_type("flags\t: sse2\n"))
        self.assertIsNone(processes.core_type("Features\t: fp asimd\n"))


class TableTest(unittest.TestCase):
    def test_the_text_between_two_lines_is_replaced(self):
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "page.md"
            page.write_text("a\nBEGIN\nold\nEND\nz\n")
            table.replace(page, "BEGIN", "END", "new")
            self.assertEqual(page.read_text(), "a\nBEGIN\nnew\nEND\nz\n")


if __name__ == "__main__":
    unittest.main()
