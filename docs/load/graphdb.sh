#!/bin/sh
# Loads the N-Quads of `papergraph spark` into a repository of GraphDB, which must be stopped meanwhile.
#
#     docs/load/graphdb.sh OUTPUT CONFIG
#
# Needs `importrdf` from the `bin` folder of GraphDB. CONFIG is the file (Turtle) that describes the repository; what that
# holds is replaced. Choose a ruleset without inference: the wider triples are in the N-Quads.
set -eu
test -f "$1/manifest.json" || { echo "$1: no manifest.json, so the job has not finished" >&2; exit 1; }
importrdf preload --force -c "$2" "$1"/nquads/*.nq
