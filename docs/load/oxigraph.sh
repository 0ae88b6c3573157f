#!/bin/sh
# Loads the N-Quads of `papergraph spark` into a database of Oxigraph, which must not be served meanwhile.
#
#     docs/load/oxigraph.sh OUTPUT DATABASE
#
# Needs `oxigraph` (pip install oxigraph). The parts are loaded in parallel. Then: oxigraph serve --location DATABASE
set -eu
test -f "$1/manifest.json" || { echo "$1: no manifest.json, so the job has not finished" >&2; exit 1; }
oxigraph load --location "$2" --file "$1"/nquads/*.nq
