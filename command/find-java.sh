# Sourced by ./darkroom and .ci/run. Finds a JDK 25 or newer and exports JAVA_HOME.

JAVA_VERSION_NEEDED=25

# Whether $1 is the home of a JDK that is new enough.
is_new_jdk() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
    if [ -r "$1/release" ]; then
        version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    else
        version=$("$1/bin/java" -version 2>&1 | sed -n '1s/.*"\([0-9]*\).*/\1/p')
    fi
    [ "${version:-0}" -ge "$JAVA_VERSION_NEEDED" ]
}

# The JDK behind the java on PATH, links followed.
jdk_on_path() {
    java=$(command -v java) || return 1
    java=$(readlink -f "$java" 2>/dev/null || echo "$java")
    dirname "$(dirname "$java")"
}

find_java() {
    for candidate in \
        "${JAVA_HOME:-}" \
        "$(jdk_on_path)" \
        /usr/lib/jvm/* \
        "$HOME"/.sdkman/candidates/java/* \
        "$HOME"/.jdks/* \
        /opt/java/* /opt/jdk* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$(/usr/libexec/java_home -v $JAVA_VERSION_NEEDED+ 2>/dev/null)"; do
        if [ -n "$candidate" ] && is_new_jdk "$candidate"; then
            JAVA_HOME=$candidate
            export JAVA_HOME
            return 0
        fi
    done
    cat >&2 <<'TEXT'
darkroom: JDK 25 is needed and was not found (JAVA_HOME, PATH, /usr/lib/jvm, ~/.sdkman, ~/.jdks).
Get it in one of these ways, then run the command again:
  Debian 13, Ubuntu 25.10:  sudo apt-get install openjdk-25-jdk-headless
  any Linux or macOS:       curl -s https://get.sdkman.io | bash, then: sdk install java 25-tem
  by hand:                  https://adoptium.net/temurin/releases/?version=25, then set JAVA_HOME
TEXT
    return 1
}
