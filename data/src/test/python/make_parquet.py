"""Makes the small Parquet files that the tests read: rows of our own, as pandas and Spark write them.

Needs pyarrow (25.0.1 was used):  python3 make_parquet.py ../resources/dev/segue/data
"""
import datetime
import sys

import pyarrow as pa
import pyarrow.parquet as pq

out = sys.argv[1]

pq.write_table(
    pa.table({
        "names": ["Night Ferry", "Low Tide", None],
        "date_x": ["03/02/2023 ", "05/02/2021 ", "01/01/2000 "],
        "score": [73.0, 0.0, 50.0],
        "genre": ["Drama,\u00a0Action", None, "Drama"],
        "overview": ["Two boats.", "Sea.", "No name."],
        "crew": ["Ann Lee", None, "Cy"],
    }),
    f"{out}/movies.parquet", compression="snappy")

pq.write_table(
    pa.table({
        "": pa.array([0, 1], pa.int64()),
        "Book": ["Low Tide", "High Tide"],
        "Author": ["Ann Lee", "Bo Ek"],
        "Genres": pa.array([["Fiction", "Children's"], []], pa.list_(pa.string())),
        "Avg_Rating": [4.5, 3.0],
        "Num_Ratings": ["5,691,311", "12"],
    }),
    f"{out}/books.parquet", compression="zstd")

when = datetime.datetime(2014, 4, 7, 8, 51, 9, 277000)
pq.write_table(
    pa.table({
        "session_id": pa.array([7, 7, 8], pa.int64()),
        "item_id": ["a", "b", "a"],
        "time": pa.array([when, when + datetime.timedelta(seconds=1), when], pa.timestamp("ms", "UTC")),
        "dwell": pa.array([1500, None, 20], pa.int32()),
    }),
    f"{out}/events.parquet", compression="gzip")
