# Builds a jar when it is missing or older than its sources. Sourced by ./caption4j and cluster/submit,
# with the project's folder in $root. CAPTION4J_CUDA=1: for an NVIDIA GPU (see docs/scale.md).

say() {
  printf 'caption4j: %s\n' "$*" >&2
}

fail() {
  say "$*"
  exit 1
}

lock=$root/target/build.lock # whoever makes the folder builds, the others wait for it to go

# Whether the jar $2 of the module $1 must be built.
stale() {
  [ -f "$2" ] || return 0
  [ -z "${CAPTION4J_CUDA:-}" ] || [ -f "$root/$1/target/for-gpu" ] || return 0
  # Folders count too: a file that was removed changes its folder's date.
  [ -n "$(cd "$root" && find pom.xml ./*/pom.xml ./*/src/main -newer "$2" -print 2>/dev/null | head -n 1)" ]
}

# Builds the module $1, whose jar is $2.
build() {
  for_gpu=$root/$1/target/for-gpu # there if what was built is for a GPU
  command -v mvn >/dev/null 2>&1 || fail "Maven (mvn) is needed to build; it is not on PATH."
  cuda=
  if [ -n "${CAPTION4J_CUDA:-}" ] || [ -f "$for_gpu" ]; then
    cuda=-Pcuda
  fi
  if [ -n "$cuda" ] && [ ! -f "$for_gpu" ]; then
    say "building for an NVIDIA GPU (the first time Maven fetches CUDA, some gigabytes) ..."
  elif [ -f "$2" ]; then
    say "building, the sources have changed ..."
  else
    say "building (first time, a few minutes: Maven fetches the libraries) ..."
  fi
  rm -rf "$root/$1/target/lib" # what is no dependency any more must not stay on the class path
  if ! (cd "$root" && mvn -B -q -ntp -pl "$1" -am $cuda -DskipTests -Dspotless.check.skip=true -Djacoco.skip=true package) \
    </dev/null >"$root/target/build.log" 2>&1; then
    cat "$root/target/build.log" >&2
    fail "the build failed; Maven's output is above."
  fi
  [ ! -f "$2" ] || touch "$2" # a jar with nothing new in it keeps its old date
  [ -z "$cuda" ] || : >"$for_gpu"
}

# A process of another user cannot be sent a signal, but is there.
runs() {
  kill -0 "$1" 2>/dev/null || ps -p "$1" >/dev/null 2>&1
}

unlock() {
  rm -rf "$lock"
}

# Builds the module $1 if its jar $2 is stale, one build at a time.
build_if_stale() {
  stale "$1" "$2" || return 0
  mkdir -p "$root/target" 2>/dev/null
  if [ ! -d "$root/target" ] || [ ! -w "$root/target" ]; then
    [ -f "$2" ] || fail "cannot write to $root/target, which the build needs."
    say "$root/target cannot be written to: what was built before runs, which is older than the sources."
    return 0
  fi
  told=
  while ! mkdir "$lock" 2>/dev/null; do
    owner=$(cat "$lock/pid" 2>/dev/null)
    if [ -n "$owner" ] && ! runs "$owner"; then
      unlock # its owner was killed
      [ ! -d "$lock" ] || fail "cannot remove $lock, which a build that was killed has left; remove it."
      continue
    fi
    [ -n "$told" ] || say "waiting for another build (process ${owner:-unknown}); if there is none, remove $lock."
    told=yes
    sleep 1
  done
  trap unlock EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  echo $$ >"$lock/pid"
  if stale "$1" "$2"; then # not built meanwhile
    build "$1" "$2"
  fi
  unlock
  trap - EXIT INT TERM HUP
}
