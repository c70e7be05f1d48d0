from os import getenv as read
import email  #= import email
import queue_ as queue  #= import queue_
