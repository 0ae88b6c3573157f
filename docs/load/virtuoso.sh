#!/bin/sh
# Loads the N-Quads of `papergraph spark` into a running Virtuoso, with several loaders at once.
#
#     docs/load/virtuoso.sh OUTPUT [PORT [LOADERS]]
#
# Needs `isql-vt` (Debian: virtuoso-opensource) and OUTPUT in DirsAllowed of virtuoso.ini. PORT is that of SQL, 1111 by
# default; the password of dba is read from VIRTUOSO_PASSWORD. Statements that several notes support, which stand in no
# named graph, go to the graph urn:papergraph:default. Loaders: one for two cores; each takes the next part. Two that
# meet the same new language at once can get into each other's way: a part that failed is loaded again by one alone.
set -eu
test -f "$1/manifest.json" || { echo "$1: no manifest.json, so the job has not finished" >&2; exit 1; }
folder=$(cd "$1/nquads" && pwd)
port=${2:-1111}
sql() { isql-vt "localhost:$port" dba "${VIRTUOSO_PASSWORD:-dba}" VERBOSE=OFF PROMPT=OFF ERRORS=STDOUT "exec=$1"; }

sql "DELETE FROM DB.DBA.load_list WHERE ll_file LIKE '$folder/%';"
sql "ld_dir ('$folder', '*.nq', 'urn:papergraph:default');"
loader=0
while [ "$loader" -lt "${3:-1}" ]; do
  sql "rdf_loader_run ();" &
  loader=$((loader + 1))
done
wait
sql "UPDATE DB.DBA.load_list SET ll_state = 0, ll_error = NULL WHERE ll_file LIKE '$folder/%' AND ll_error IS NOT NULL;"
sql "rdf_loader_run ();"
sql "checkpoint;"
failed=$(sql "SELECT ll_file, ll_error FROM DB.DBA.load_list WHERE ll_file LIKE '$folder/%' AND (ll_error IS NOT NULL OR ll_state <> 2);")
case $failed in
*"$folder"*)
  echo "not loaded: $failed" >&2
  exit 1
  ;;
esac
