-- What sites said of being read: the verdict kept with each request, and rests that outlast a run.

ALTER TABLE fetches ADD COLUMN robots VARCHAR;
ALTER TABLE fetches ADD COLUMN reservation VARCHAR;
ALTER TABLE fetches ADD COLUMN redirects VARCHAR[];
COMMENT ON COLUMN fetches.outcome IS 'ok, not_modified, robots_disallowed, robots_unreachable, gone, rate_limited, http_error, timeout, too_large, truncated, undecodable, network_error, too_many_redirects, invalid_url, refused_address, tdm_reserved or archive_refused.';
COMMENT ON COLUMN fetches.robots IS 'Verdict of robots.txt: allowed, disallowed, absent or unreachable; null when it was not asked.';
COMMENT ON COLUMN fetches.reservation IS 'What the site says of text and data mining, and where: reserved (header), open (file) ...; null when it says nothing.';
COMMENT ON COLUMN fetches.redirects IS 'Addresses that the request was led to, in order.';

CREATE TABLE hosts (
    host       VARCHAR PRIMARY KEY,
    rest_until TIMESTAMPTZ,
    failures   INTEGER NOT NULL DEFAULT 0,
    told_at    TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE hosts IS 'Hosts and domains that asked to be left alone, or that did not answer: one run tells the next.';
COMMENT ON COLUMN hosts.host IS 'Host, or registrable domain.';
COMMENT ON COLUMN hosts.rest_until IS 'Not asked before then; null when it is well again.';
COMMENT ON COLUMN hosts.failures IS 'Runs in a row that found it down; 0 when it only asked for a rest.';
COMMENT ON COLUMN hosts.told_at IS 'When a run last told this.';
