"""The doors of the library: formats in which deployments and decisions come in and go out (extra ``interchange``)."""
