"""The preview: every product in the browser, made again at each save of the source folder.

Two processes share the work. `server` watches the folder and talks to browsers; it knows no
engine and starts at once. `builder` keeps the engines warm and makes the products. What they
tell each other through a pipe is in `messages`.
"""
