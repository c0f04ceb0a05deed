"""Run a notebook headless through its own kernel, as a user's JupyterLab would.

    run_notebook.py NOTEBOOK FOLDER

leaves the executed notebook and its last picture in FOLDER, under the notebook's name, and prints what the
cells printed and the time they took. Exits with status 1, and the error as the notebook shows it, when a
cell fails.
"""

import base64
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

CELL_TIMEOUT = 300  # [s]


def pictures(notebook):
    """Yield the PNG bytes of every figure, in the order of the cells."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            png = output.get("data", {}).get("image/png")
            if png is not None:
                yield base64.b64decode(png)


def printed(notebook):
    """Yield what the cells wrote to standard output."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stdout":
                yield output.text


def main(source, folder):
    notebook = nbformat.read(source, as_version=4)
    client = NotebookClient(
        notebook, timeout=CELL_TIMEOUT, resources={"metadata": {"path": str(source.parent)}}
    )
    start = time.monotonic()
    try:
        client.execute()
        failure = None
    except CellExecutionError as error:
        failure = str(error)
    seconds = time.monotonic() - start
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, folder / source.name)
    if failure is not None:
        print(failure, file=sys.stderr)
        return 1
    for png in pictures(notebook):
        (folder / source.with_suffix(".png").name).write_bytes(png)
    print("".join(printed(notebook)).rstrip("\n"))
    print(f"wall time: {seconds:.1f} s, start of the kernel included")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
