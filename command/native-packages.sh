# Sourced by ./darkroom. Installs the native packages that make Darkroom read more kinds of files.
#
# libvips: HEIC, AVIF and fast thumbnails of PNG, WebP, GIF and TIFF. Without it what Java itself
# decodes still works. libturbojpeg: progressive JPEGs in three quarters of libvips' time.

# $1: its name on Linux, $2: on macOS
has_library() {
    # ldconfig may be outside an ordinary user's PATH.
    PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null | grep -qF "$1" ||
        ls "/opt/homebrew/lib/$2" "/usr/local/lib/$2" >/dev/null 2>&1
}

has_libvips() {
    has_library libvips.so.42 libvips.42.dylib
}

has_turbojpeg() {
    has_library libturbojpeg.so.0 libturbojpeg.0.dylib
}

# Whether apt-get could install it: names that others provide are known too, and cannot be.
has_package() {
    LC_ALL=C apt-cache policy "$1" 2>/dev/null | grep -q 'Candidate: [^(]'
}

# The first of the names that this distribution has; the last when it has none.
package_name() {
    for name in "$@"; do
        if has_package "$name"; then
            break
        fi
    done
    echo "$name"
}

# In one line, by the names that this distribution gives them.
missing_packages() {
    {
        has_libvips || package_name libvips42t64 libvips42
        has_turbojpeg || package_name libturbojpeg libturbojpeg0
    } | tr '\n' ' ' | sed 's/ $//'
}

say_what_is_missing() {
    if has_libvips; then
        say "libturbojpeg is not installed: progressive JPEGs take longer."
    else
        say "libvips is not installed: only what Java decodes gets thumbnails (JPEG, PNG, GIF, BMP, TIFF, WebP)."
    fi
}

# $1: "no" to leave the machine as it is
install_native_packages() {
    has_libvips && has_turbojpeg && return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        say_what_is_missing
        say "to add the rest install libvips 8.13 and libjpeg-turbo 2.0 or newer with your package manager (brew install vips jpeg-turbo)"
        return 0
    fi
    if [ "$1" != no ] && [ "$(id -u)" = 0 ]; then
        say "installing native decoders (apt-get install $(missing_packages)), once"
        log=$(mktemp)
        if apt_install >"$log" 2>&1; then
            rm -f "$log"
            return 0
        fi
        tail -n 3 "$log" >&2
        say "they could not be installed; the whole log: $log"
    fi
    say_what_is_missing
    say "to add the rest: sudo apt-get install --no-install-recommends $(missing_packages)"
}

# The list is unquoted on purpose: it is words.
apt_install() {
    export DEBIAN_FRONTEND=noninteractive
    for name in $(missing_packages); do
        has_package "$name" || apt-get -q update
    done
    apt-get -q -y --no-install-recommends install $(missing_packages) </dev/null ||
        { apt-get -q update && apt-get -q -y --no-install-recommends install $(missing_packages) </dev/null; }
}
