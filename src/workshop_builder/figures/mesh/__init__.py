"""The surface of a human body: MakeHuman's mesh, posed by the joints of `figures.body`."""
