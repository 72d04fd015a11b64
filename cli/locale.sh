# Java reads file names in the character set of the locale in which it starts. Where that is not UTF-8,
# as with LC_ALL=C, none at all or one that is not installed, it could not open a name with an accent;
# so it gets UTF-8, and the language of the system's messages stays. Sourced by ./caption4j and
# cluster/submit.

# A locale of this machine in UTF-8.
utf8_locale() {
  all=$(locale -a 2>/dev/null | grep -i 'utf-\{0,1\}8$')
  for name in C.UTF-8 C.utf8 en_US.UTF-8 en_US.utf8 "$(printf '%s\n' "$all" | head -n 1)"; do
    if printf '%s\n' "$all" | grep -qx -- "$name" && [ -n "$name" ]; then
      printf '%s\n' "$name"
      return
    fi
  done
  printf 'C.UTF-8\n' # musl has it without a list
}

# macOS's names are UTF-8 whatever the locale.
if [ "$(uname -s)" != Darwin ] && [ "$(locale charmap 2>/dev/null)" != UTF-8 ]; then
  if [ -n "${LC_ALL:-}" ]; then # it would win over LC_CTYPE
    export LANG="$LC_ALL"
    unset LC_ALL LC_MESSAGES
  fi
  LC_CTYPE=$(utf8_locale)
  export LC_CTYPE
fi
