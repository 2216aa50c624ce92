"""Ingest processes to be killed: imports everything once, then forks one run after the other: PORT SOURCE…

A line `ARCHIVE` on standard input begins a run there, and its process id is printed; a line `reap` waits for it, and its
exit code is printed (-9 where it was killed). The Prefect server is the one that PREFECT_API_URL names.
"""

import asyncio
import os
import sys
from pathlib import Path

from archives import sample_settings

from flows.desk import Order
from flows.quiet import settle_prefect


def run(archive, port, names, log):
    """One run of the flow to its end; never returns."""
    from flows.ingest import Errand, run_once

    for stream, place in ((0, os.devnull), (1, log), (2, log)):
        os.dup2(os.open(place, os.O_RDWR | os.O_CREAT | os.O_APPEND), stream)
    # a pause between two pages of a paper, or nothing would be left for the second kill
    settings = sample_settings(Path(archive), port, batch_pages=4, delay_seconds=0.1)
    report = asyncio.run(run_once(Order(names), Errand(settings, tell=print)))
    sys.stdout.flush()
    os._exit(0 if report.state == "done" else 1)


def main():
    port, log, names = sys.argv[1], sys.argv[2], tuple(sys.argv[3:])
    settle_prefect(Path(log).parent, log_level="CRITICAL")
    import extractors  # noqa: F401
    import flows.ingest  # noqa: F401
    import warehouse  # noqa: F401

    child = 0
    for line in sys.stdin:
        if line.strip() != "reap":
            child = os.fork()
            if not child:
                run(line.strip(), port, names, log)
            answer = child
        else:
            answer = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
