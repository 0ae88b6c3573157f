#!/bin/sh
# Loads the N-Quads of `papergraph spark` into a repository of GraphDB, which must be stopped meanwhile.
#
#     docs/load/graphdb.sh OUTPUT CONFIG [SCRATCH]
#
# Needs `importrdf` from the `bin` folder of GraphDB 10 or newer, with a licence set up. CONFIG is the file (Turtle) that
# describes the repository; what that holds is replaced. Choose a ruleset without inference: preload infers nothing, and
# the wider triples are in the N-Quads. SCRATCH is a folder for sorting, which takes about as much room as the repository.
set -eu
test -f "$1/manifest.json" || { echo "$1: no manifest.json, so the job has not finished" >&2; exit 1; }
importrdf preload --force ${3:+-q "$3"} -c "$2" "$1"/nquads/*.nq
