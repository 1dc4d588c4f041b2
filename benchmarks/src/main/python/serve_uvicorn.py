"""Serves the measured application on uvicorn: serve_uvicorn.py PORT LOOPS FILE. It has one event loop in each process."""

import sys

import uvicorn

from application import application

port, loops, file = sys.argv[1:]
if loops != "1":
    sys.exit("an application that is not named by a string runs in one process")
uvicorn.run(
    application(file),
    host="127.0.0.1",
    port=int(port),
    loop="uvloop",
    http="httptools",
    ws="websockets",
    lifespan="off",
    access_log=False,
    log_level="warning",
)
