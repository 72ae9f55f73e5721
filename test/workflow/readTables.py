"""Reads the tables of `biobert merge --parquet FOLDER` with DuckDB, pandas and Arrow, and compares what they read.

    pip install duckdb pandas pyarrow
    python test/workflow/readTables.py FOLDER
"""

import sys

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
