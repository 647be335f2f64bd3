#!/bin/sh
# Removes the program and keeps sounds, history and configuration; --purge removes those too.
set -e
if [ "$1" = --purge ]; then apt-get purge -y encore; else apt-get remove -y encore; fi
