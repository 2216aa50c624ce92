-- Which joint commissions are overdue?
--
-- Of each pair and kind of commission the last session told, and how long ago that is by the newest article: overdue where it is longer than half as much again as its usual pause, or three years where no pause is known. A session that no paper told of makes one look overdue: see sessions_not_told in joint_commissions.
WITH today AS (SELECT max(published_on) AS day FROM articles),
last_sessions AS (
    SELECT
        one_state, other_state, commission,
        arg_max(session_number, day) AS last_session,
        max(day) AS last_on,
        count(*) AS sessions_told,
        CAST(median(days_since_previous) AS INTEGER) AS usual_pause
    FROM joint_commissions WHERE status IN ('under_way', 'concluded')
    GROUP BY ALL
)
SELECT
    s.*,
    today.day - s.last_on AS days_since,
    today.day - s.last_on > coalesce(1.5 * s.usual_pause, 1095) AS is_overdue
FROM last_sessions AS s, today
ORDER BY is_overdue DESC, days_since DESC, one_state, other_state;
