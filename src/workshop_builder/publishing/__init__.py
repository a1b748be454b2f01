"""Publishing: from a built package to its website on a host, copying only what has changed.

`publish` is the order of the work. `built_site` takes the website out of the package, `plan`
compares it with what is at the target, and `to_folder`, `by_rsync` and `by_sftp` carry it out.
"""
