from http.server import HTTPServer, SimpleHTTPRequestHandler


def front(port=80):
    return HTTPServer(("", port), SimpleHTTPRequestHandler)


front().server_close()
print("could listen")
