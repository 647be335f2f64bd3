#!/bin/sh
# Installs the package FILE or, without one, the package of this checkout, which it builds first.
set -e
install() { apt-get install -y --reinstall --no-install-recommends "$1"; }
if [ $# -gt 0 ]; then
  install "$(realpath "$1")"
  exit
fi
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"
[ -x node_modules/.bin/node ] || { echo "encore: run 'npm start' once: it brings what is needed to build" >&2; exit 1; }
case "$(dpkg --print-architecture)" in amd64) arch=x64 ;; *) arch=arm64 ;; esac
node server/bootstrap.mjs build
node tools/package.mjs "$arch"
version=$(node -p 'require("./package.json").version')
install "$PWD/build/encore_${version}_$(dpkg --print-architecture).deb"
