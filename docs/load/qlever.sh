#!/bin/sh
# Builds an index of QLever from the N-Quads of `papergraph spark`, through a pipe.
#
#     docs/load/qlever.sh OUTPUT INDEX
#
# Needs QLever's index builder: `qlever-index`, or `IndexBuilderMain` of releases since November 2024. The files of the
# index begin with INDEX. Then: qlever-server -i INDEX -p 7019, and `papergraph lineage ... --endpoint URL` with
# http://localhost:7019.
set -eu
test -f "$1/manifest.json" || { echo "$1: no manifest.json, so the job has not finished" >&2; exit 1; }
builder=$(command -v qlever-index || command -v IndexBuilderMain) || { echo "needs qlever-index" >&2; exit 1; }
# one file for every million quads is open at once when their vocabularies are merged
ulimit -S -n "$(ulimit -H -n)" || echo "the limit on open files stays at $(ulimit -n)" >&2
printf '{ "num-triples-per-batch": 1000000 }\n' >"$2.settings.json"
cat "$1"/nquads/*.nq | "$builder" -i "$2" -s "$2.settings.json" -F nq -f - -p true
