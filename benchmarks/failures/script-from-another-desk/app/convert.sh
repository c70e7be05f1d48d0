#!/bin/sh
echo "converted $1"
