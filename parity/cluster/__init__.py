"""A Kubernetes cluster as kubectl shows it.

kubectl   its command lines, and what its errors mean
pods      what of a pod matters here, from the API's JSON: containers, readiness, names of variables
"""
