#!/bin/sh
# Runs the recipe of the stance model to its end in this terminal. A second start continues where the first one stopped.
cd "$(dirname "$0")/../.." && exec "${PYTHON:-python3}" -m training train --recipe stances --foreground "$@"
