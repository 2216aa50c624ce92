{{'column_name': '{column}', 'filled': count("{column}"), 'example': left(CAST(any_value("{column}") AS VARCHAR), 60)}}
