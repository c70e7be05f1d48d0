#!/bin/sh
echo "label of order $1"
