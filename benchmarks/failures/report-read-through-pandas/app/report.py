import pandas as pd
from sqlalchemy import create_engine

engine = create_engine("sqlite://")
print(pd.read_sql("select 'bolt-m8' as article, 12 as sold", engine))
