#!/usr/bin/env bash
# ./auditintel test: every test there is. Installs what the tests need, builds once, runs project after project (they start
# servers of their own, and two cores are soon busy), and closes with one line: N passed, N failed, N skipped. With --soak
# the long checks run whole and leave reports in artifacts/soak. With --bootstrap-servers the conformance and integration
# tests of the streaming runtime run on that Kafka instead of the embedded broker; those that restart the broker are left out.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
source "$root/infra/dev/prerequisites.sh"
source "$root/infra/dev/build.sh"

filter=() limit=1500 stall=8m
projects=("$root"/tests/*/*.csproj)
while [[ $# -gt 0 ]]; do
  case $1 in
    --filter)
      [[ $# -ge 2 ]] || { say "--filter needs an expression, such as --filter FullyQualifiedName~Broker"; exit 2; }
      filter=(--filter "$2")
      shift 2
      ;;
    --bootstrap-servers)
      [[ $# -ge 2 ]] || { say "--bootstrap-servers needs a running Kafka, such as localhost:9092"; exit 2; }
      export AUDITINTEL_BOOTSTRAP_SERVERS=$2
      projects=("$root/tests/AuditIntel.Streaming.Tests/AuditIntel.Streaming.Tests.csproj")
      filter=(--filter "Broker!=embedded")
      shift 2
      ;;
    --soak)
      export AUDITINTEL_SOAK=1
      limit=14400 stall=4h
      shift
      ;;
    *)
      say "Unknown option '$1' of test. Known: --filter EXPRESSION, --soak, --bootstrap-servers HOST:PORT."
      exit 2
      ;;
  esac
done

require_dotnet
require_packages "${client_packages[@]}" "${stack_packages[@]}" "${test_packages[@]}"
require_node_packages "$root/tests/AuditIntel.DevStack.Tests/Clients/node" "the Node.js clients of the tests"
# The package is for Linux on x64; elsewhere AUDITINTEL_ANVIL names an anvil that is there already.
[[ -n ${AUDITINTEL_ANVIL:-} ]] || require_node_packages "$root/tests/AuditIntel.Collectors.Tests/Chain/anvil" "the Ethereum node of the tests"

mkdir -p "$root/artifacts"
say "Building the solution ..."
if ! run_with_retry "$root/artifacts/build.log" dotnet build "$root/AuditIntel.Streams.sln" -c Release -v quiet -nologo; then
  grep -E 'error|warning' "$root/artifacts/build.log" | sort -u | head -n 40
  say "The build failed; the whole log is in artifacts/build.log."
  exit 1
fi

passed=0 failed=0 skipped=0 broken=0
for project in "${projects[@]}"; do
  name=$(basename "$project" .csproj)
  log=$root/artifacts/$name.log
  begun=$SECONDS
  status=0
  # A test that hangs is named, and the run of its project ends.
  timeout --kill-after=30 "$limit" dotnet test "$project" -c Release --no-build --nologo --results-directory "$root/artifacts/test-results" \
    --blame-hang-timeout "$stall" --blame-hang-dump-type none "${filter[@]}" >"$log" 2>&1 </dev/null || status=$?

  counts=$(grep -E '^(Passed|Failed)! ' "$log" | tail -n 1 || true)
  number() { sed -nE "s/.*$1: *([0-9]+).*/\1/p" <<<"$counts"; }
  if [[ -z $counts ]]; then
    if [[ $status -eq 0 && ${#filter[@]} -gt 0 ]]; then
      continue
    fi
    printf '%-36s BROKEN: no test ran (exit %d)\n' "$name" "$status"
    tail -n 40 "$log"
    broken=$((broken + 1))
    continue
  fi

  printf '%-36s %5d passed %3d failed %3d skipped  %4d s\n' \
    "$name" "$(number Passed)" "$(number Failed)" "$(number Skipped)" $((SECONDS - begun))
  passed=$((passed + $(number Passed)))
  failed=$((failed + $(number Failed)))
  skipped=$((skipped + $(number Skipped)))
  if [[ $status -ne 0 ]]; then
    grep -vE '^\s*$' "$log" | grep -A 25 -E '\[FAIL\]|Error Message|^  Failed |was aborted' | head -n 150 || tail -n 60 "$log"
    [[ $(number Failed) -gt 0 ]] || broken=$((broken + 1))
  fi
done

failed=$((failed + broken))
if [[ -n ${AUDITINTEL_SOAK:-} ]]; then
  say "The reports of the long checks are in artifacts/soak."
fi
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[[ $failed -eq 0 && $passed -gt 0 ]]
