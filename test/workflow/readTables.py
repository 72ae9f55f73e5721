"""Reads the tables of `biobert merge --parquet FOLDER` with DuckDB, pandas and Arrow.

Compares what they read, and runs the examples of docs/cluster.md.

    pip install duckdb pandas pyarrow
    python test/workflow/readTables.py FOLDER
"""

import re
import sys
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq

folder = sys.argv[1]
for table in ["documents", "entities", "relations", "passages"]:
    file = f"{folder}/{table}.parquet"
    arrow = pq.read_table(file)
    arrow.validate(full=True)
    rows = duckdb.sql(f"SELECT * FROM '{file}'").fetchall()
    assert rows == [tuple(row.values()) for row in arrow.to_pylist()], table
    assert len(pd.read_parquet(file)) == arrow.num_rows
    print(f"{table}: {arrow.num_rows} rows")

dangling = duckdb.sql(f"""
    SELECT count(*) FROM '{folder}/relations.parquet' r
    LEFT JOIN '{folder}/entities.parquet' e ON e.document = r.document AND e.entity = r.subject
    WHERE e.name IS DISTINCT FROM r.subject_name
""").fetchall()[0][0]
assert dangling == 0, f"{dangling} subjects are no entities"
missing = duckdb.sql(f"""
    SELECT count(*) FROM '{folder}/entities.parquet' e
    ANTI JOIN '{folder}/documents.parquet' d USING (document, record)
""").fetchall()[0][0]
assert missing == 0, f"{missing} entities have no document"


def examples(language):
    guide = (Path(__file__).parents[2] / "docs/cluster.md").read_text()
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", guide, re.DOTALL | re.MULTILINE)
    return [block.replace("tables/", f"{folder}/") for block in blocks if "spark." not in block]


for block in examples("sql"):
    for query in filter(None, map(str.strip, block.split(";"))):
        print(duckdb.sql(query))
for block in examples("python"):
    names = {}
    exec(block, names)
    print(names["relations"][["subject_name", "type", "object_name", "species"]])
