SELECT min(day) AS covered_from, max(day) AS covered_to FROM coverage WHERE why_not IS DISTINCT FROM 'not_watched';
