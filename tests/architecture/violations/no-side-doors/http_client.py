# A context that calls out by itself.
# red: no-side-doors
# at: finapp/assets/jobs.py
def rates() -> object:
    import urllib.request

    return urllib.request
