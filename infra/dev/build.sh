# Sourced: builds the program, or another project, when a source is newer than its last build.

program_path() { printf '%s/artifacts/bin/AuditIntel.Cli/release/auditintel.dll' "$1"; }

# build_project ROOT PROJECT: quiet when nothing is to do; on failure the compiler's errors are printed and the caller stops.
build_project() {
  local root=$1 project=$2
  local name=${project##*/} log=$root/artifacts/build.log
  local stamp=$root/artifacts/$name.built sources=("$root/src" "$root/$project" "$root/schemas" "$root"/Directory.*.props "$root/global.json")
  if [[ -f $stamp && -d $root/artifacts/bin/$name/release && -z $(find "${sources[@]}" -newer "$stamp" -print -quit) ]]; then
    return
  fi

  say "Building ..."
  mkdir -p "$root/artifacts"
  local begun=$root/artifacts/$name.building
  touch "$begun"
  if ! run_with_retry "$log" dotnet build "$root/$project" -c Release -v quiet -nologo; then
    grep -E 'error|warning' "$log" | sort -u | head -n 30 >&2 || tail -n 30 "$log" >&2
    say "The build failed; the whole log is in artifacts/build.log."
    exit 1
  fi
  mv "$begun" "$stamp"
}

# run_with_retry LOG COMMAND...: a restore may time out on a slow registry; anything else fails at once.
run_with_retry() {
  local log=$1 try
  shift
  for try in 1 2 3; do
    "$@" >"$log" 2>&1 </dev/null && return 0
    grep -qE 'NU1301|timed out|timeout|Resource temporarily unavailable' "$log" || return 1
    say "The package registry did not answer in time (try $try of 3)."
  done
  return 1
}
