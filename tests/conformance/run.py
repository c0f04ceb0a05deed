"""Run jupyter_kernel_test against the installed kernel and write the counts to a file.

    run.py RESULT.json

The samples below switch the tests of the suite on; a test without samples would be skipped, and is counted
as such.
"""

import json
import os
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
os.environ["JUPYTER_PATH"] = str(ROOT / ".venv" / "share" / "jupyter")

import jupyter_kernel_test  # noqa: E402  (reads JUPYTER_PATH)


class Kernel(jupyter_kernel_test.KernelTests):
    kernel_name = "neurarchy"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = 'console.log("hello, world")'
    code_stderr = 'console.error("a warning")'
    completion_samples = [{"text": "globalTh", "matches": {"globalThis"}}]
    complete_code_samples = ["1", 'console.log("a")', "function f(x: number) {\n  return x * 2;\n}", "%simulate 1000"]
    incomplete_code_samples = ["function f(x) {", "[1, 2,", "const text = `open"]
    invalid_code_samples = ["const 1 = 2", "if (]"]
    code_generate_error = 'throw new Error("thrown")'
    code_execute_result = [
        {"code": "1 + 2 * 3", "result": "7"},
        {"code": "[1, 2].map((x) => x * 2)", "result": "[ 2, 4 ]"},
    ]
    code_display_data = [
        {"code": 'display.html("<b>bold</b>")', "mime": "text/html"},
        {"code": 'display.svg("<svg xmlns=\'http://www.w3.org/2000/svg\'/>")', "mime": "image/svg+xml"},
        {"code": "display({ answer: 42 })", "mime": "text/plain"},
    ]
    code_history_pattern = "1 + ?*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "globalThis"
    code_clear_output = "display.clear()"
    # Asks for a pager, which `?name` would fill: the kernel has no such command.
    test_pager = None


class Welcome(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "neurarchy"
    support_iopub_welcome = True


def main(result_file):
    load = unittest.defaultTestLoader.loadTestsFromTestCase
    suite = unittest.TestSuite([load(Kernel), load(Welcome)])
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    # A test with subtests may fail several times; an error in a set-up stands for its tests.
    failed = {str(getattr(test, "test_case", test)) for test, _ in result.failures + result.errors}
    skipped = {str(getattr(test, "test_case", test)) for test, _ in result.skipped} - failed
    passed = max(0, result.testsRun - len(failed) - len(skipped))
    result_file.write_text(
        json.dumps({"passed": passed, "failed": len(failed), "skipped": len(skipped)})
    )
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
