# Sourced by ./darkroom. Installs the native packages that make Darkroom read more kinds of files.
#
# libvips: HEIC, AVIF and the fast thumbnails. Without it photos that Java itself decodes still work.
# ffmpeg is not on the list: nothing here uses it yet.

has_libvips() {
    # ldconfig may be outside an ordinary user's PATH.
    PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null | grep -q 'libvips\.so\.42' ||
        ls /opt/homebrew/lib/libvips.42.dylib /usr/local/lib/libvips.42.dylib >/dev/null 2>&1
}

# The name that this distribution gives it.
libvips_package() {
    for name in libvips42t64 libvips42; do
        if apt-cache show "$name" >/dev/null 2>&1; then
            echo "$name"
            return
        fi
    done
    echo libvips42
}

# $1: "no" to leave the machine as it is
install_native_packages() {
    has_libvips && return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        say "libvips is not installed: only what Java decodes gets thumbnails (JPEG, PNG, GIF, BMP, TIFF, WebP)."
        say "for HEIC and AVIF install libvips 8.13 or newer with your package manager (brew install vips)"
        return 0
    fi
    if [ "$1" != no ] && [ "$(id -u)" = 0 ]; then
        say "installing libvips (apt-get install $(libvips_package)), once"
        log=$(mktemp)
        if apt_install >"$log" 2>&1; then
            rm -f "$log"
            return 0
        fi
        tail -n 3 "$log" >&2
        say "libvips could not be installed; the whole log: $log"
    else
        say "libvips is not installed: only what Java decodes gets thumbnails (JPEG, PNG, GIF, BMP, TIFF, WebP)."
    fi
    say "to add the rest: sudo apt-get install --no-install-recommends $(libvips_package)"
}

apt_install() {
    export DEBIAN_FRONTEND=noninteractive
    apt-cache show "$(libvips_package)" || apt-get -q update
    apt-get -q -y --no-install-recommends install "$(libvips_package)" </dev/null ||
        { apt-get -q update && apt-get -q -y --no-install-recommends install "$(libvips_package)" </dev/null; }
}
