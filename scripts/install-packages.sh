#!/bin/bash
# Installs the Debian packages that the build, the tests and the scripts need; does nothing where they are all there.
#   install-packages.sh            what `make run` and `make test` need
#   install-packages.sh --bench    also what `make bench` needs
set -euo pipefail

packages=(
    libssl-dev libjwt-dev libsqlite3-dev libcurl4-openssl-dev libseccomp-dev libre2-dev # linked
    libp11-kit-dev                                            # pkcs11.h: modules themselves are loaded at run time
    libopenblas-dev                                           # cblas.h; the library is loaded where there is a model
    libxml2-dev libarchive-dev libmd4c-dev libpoppler-glib-dev # headers; the process of an extraction loads the libraries
    g++                                                       # the C library's headers, the linker, the tests' cc
    curl openssl python3 python3-venv prometheus              # used by the scripts and the end-to-end tests
    softhsm2 opensc                                           # a PKCS #11 token for the tests, and another's view of it
    valgrind                                                  # counts instructions
)
[ "${1:-}" = --bench ] && packages+=(haproxy nginx wrk nghttp2-client)

installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${packages[@]}" 2> /dev/null || true)
missing=()
for package in "${packages[@]}"; do
    grep -qx "installed $package" <<< "$installed" || missing+=("$package")
done
[ ${#missing[@]} = 0 ] && exit 0

refuse() {
    echo "install-packages: $1" >&2
    echo "install-packages: install these by hand and try again: ${missing[*]}" >&2
    exit 69
}
command -v apt-get > /dev/null || refuse "this is not a Debian system: there is no apt-get"
as_root=(env DEBIAN_FRONTEND=noninteractive)
if [ "$(id -u)" != 0 ]; then
    command -v sudo > /dev/null || refuse "packages are missing, and there is neither root nor sudo to install them"
    # Nobody answers a question for a password in CI.
    as_root=(sudo ${CI:+-n} "${as_root[@]}")
fi

echo "install-packages: installing ${missing[*]}" >&2
install() { "${as_root[@]}" apt-get install -qq -y --no-install-recommends "${missing[@]}" < /dev/null > /dev/null; }
# The package lists may be absent or name versions that are gone; then they are fetched and it is tried once more.
install 2> /dev/null && exit 0
"${as_root[@]}" apt-get update -qq || refuse "apt-get update failed; are the package sources reachable?"
install || refuse "apt-get install failed"
