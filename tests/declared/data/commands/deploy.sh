# For whoever works on the repository.
kubectl -n "$NAMESPACE" apply -f k8s/  #= dev program kubectl, dev none NAMESPACE
