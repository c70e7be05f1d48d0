"""Kubernetes: a Job that gates a workload from within the cluster."""

from __future__ import annotations

SUMMARY = "a Job of Kubernetes"
PLACE = "deploy/parity-job.yaml"
NEXT = "make the image and the ConfigMap that its first lines tell of"
