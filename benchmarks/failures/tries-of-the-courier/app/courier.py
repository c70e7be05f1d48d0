from session import patient

session = patient(tries=3)
print(sorted(session.adapters))
