# Words that read a file.
# red: pure-public
# at: finapp/assets/public.py
def schema() -> str:
    from pathlib import Path

    return Path("schema.json").read_text()
