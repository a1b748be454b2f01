"""Many machines: a roster is handed out in shards to the workers of a Dask cluster."""
