"""One module a command of the command line; each opens what it needs, calls a stage and reports."""
