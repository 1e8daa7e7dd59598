# Sourced: what the program and its tests need from the machine. On Debian and Ubuntu it is installed where that is
# allowed; elsewhere the exact command is printed and the caller stops.

client_packages=(librdkafka1)
stack_packages=(postgresql redis-server)
# kafka-python finds the codecs of lz4, snappy and zstd where they are installed; its package does not ask for them.
test_packages=(kcat python3-avro python3-kafka python3-lz4 python3-snappy python3-zstandard python3-confluent-kafka docker-compose prometheus prometheus-alertmanager)

say() { printf '%s\n' "$*" >&2; }

require_dotnet() {
  local version
  if version=$(dotnet --version 2>/dev/null) && [[ ${version%%.*} -ge 10 ]]; then
    return
  fi
  say "auditintel needs the .NET SDK 10 or later (found: ${version:-none})."
  say "Install it from https://dotnet.microsoft.com/download and run this command again."
  exit 1
}

# require_packages NAME...: the Debian packages are installed when this returns. On a machine without dpkg nothing is checked
# here: NuGet brings the native Kafka library there, and the program itself names a missing server program.
require_packages() {
  command -v dpkg-query >/dev/null || return 0
  local missing=() name
  for name in "$@"; do
    [[ $(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null) == installed ]] || missing+=("$name")
  done
  [[ ${#missing[@]} -eq 0 ]] && return 0

  local as_root=()
  if [[ $EUID -ne 0 ]]; then
    if sudo -n true 2>/dev/null; then
      as_root=(sudo -n)
    else
      say "Missing packages: ${missing[*]}. Install them and run this command again:"
      say "  sudo apt-get update && sudo apt-get install -y ${missing[*]}"
      exit 1
    fi
  fi

  say "Installing ${missing[*]} (apt-get) ..."
  local log try
  log=$(mktemp)
  for try in 1 2 3; do
    if { "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=120 update -qq \
      && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get -o DPkg::Lock::Timeout=120 install -y -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
      rm -f "$log"
      return 0
    fi
    say "apt-get failed (try $try of 3)."
  done
  tail -n 20 "$log" >&2
  rm -f "$log"
  say "Could not install ${missing[*]}. Mend what apt-get says above, or install by hand:"
  say "  sudo apt-get update && sudo apt-get install -y ${missing[*]}"
  exit 1
}

# require_node_packages FOLDER WHAT: the packages of FOLDER/package-lock.json are in FOLDER/node_modules when this returns. The
# stamp inside node_modules is the hash of the lock file that they came from, so that nothing is done while both agree.
require_node_packages() {
  local folder=$1 what=$2 stamp=$1/node_modules/.lock-hash wanted version
  # @platformatic/kafka sets the version; Debian 12's own nodejs is too old.
  version=$(node --version 2>/dev/null || true)
  if ! command -v npm >/dev/null || [[ $(printf 'v20.19.4\n%s\n' "$version" | sort -V | head -n 1) != v20.19.4 ]]; then
    say "The tests need Node.js 20.19.4 or later with npm (found: ${version:-none})."
    say "Install it from https://nodejs.org/en/download and run this command again."
    exit 1
  fi

  wanted=$(sha256sum <"$folder/package-lock.json")
  [[ -f $stamp && $(<"$stamp") == "$wanted" ]] && return 0

  say "Installing $what (npm ci) ..."
  local log try
  log=$(mktemp)
  for try in 1 2 3; do
    # None of the packages needs its install script.
    if (cd "$folder" && timeout --kill-after=10 300 npm ci --ignore-scripts --no-audit --no-fund) >"$log" 2>&1 </dev/null; then
      rm -f "$log"
      printf '%s\n' "$wanted" >"$stamp"
      return 0
    fi
    say "npm ci failed (try $try of 3)."
  done
  tail -n 20 "$log" >&2
  rm -f "$log"
  say "Could not install $what. Mend what npm says above, or install by hand:"
  say "  (cd $folder && npm ci --ignore-scripts)"
  exit 1
}
