"""What a project says it depends on: one file a format, each a pure function `read(text, name) -> Facts`.

requirement    one PEP 508 string
constraint     the versions of poetry and Pipfile: ^ ~ * and a bare "1.2.3"
toml           TOML, and the lines that its tables and entries stand on
groups         which group a requirements file is for, by its name
pyproject      PEP 621, PEP 735, uv's sources; poetry_table what poetry writes there
requirements   requirements.txt and its kin, with the files that it includes
uv_lock, poetry_lock, pylock, pipfile_lock, pipfile, setup_cfg, setup_py
markers        which of it holds in an environment
choose         many statements about one name -> one item
imported       import names -> distributions
"""
