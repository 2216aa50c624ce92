"""One run over the sample newsroom in a process of its own, to be killed: ARCHIVE PORT SOURCE…"""

import asyncio
import sys
from pathlib import Path

from archives import sample_settings

from flows.desk import Order
from flows.run import run_ingest

if __name__ == "__main__":
    settings = sample_settings(Path(sys.argv[1]), sys.argv[2], batch_pages=4)
    asyncio.run(run_ingest(settings, Order(tuple(sys.argv[3:])), tell=print))
