#!/bin/sh
echo "exporting $1"
