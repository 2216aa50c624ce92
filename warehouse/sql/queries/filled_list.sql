{{'column_name': '{column}', 'filled': count(CASE WHEN len("{column}") > 0 THEN 1 END), 'example': left(CAST(any_value(CASE WHEN len("{column}") > 0 THEN "{column}" END) AS VARCHAR), 60)}}
