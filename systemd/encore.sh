#!/bin/sh
# Encore's command line, as the user and with the configuration of its server.
[ "$(id -u)" != 0 ] || exec runuser -u encore -- "$0" "$@"
export DATA_DIR=/var/lib/encore/data SOUNDS_DIR=/var/lib/encore/sounds
export BACKUP_DIR=/var/lib/encore/backups BACKUP_AT=off
set -a
[ ! -r /etc/encore/encore.env ] || . /etc/encore/encore.env
exec /usr/lib/encore/bin/node /usr/lib/encore/server/cli.ts "$@"
