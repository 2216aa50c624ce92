CAST(to_json("{column}") AS VARCHAR) AS "{column}"
