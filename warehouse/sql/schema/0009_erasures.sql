-- What was erased, as hashes: never fetched, shelved or loaded again.

CREATE TABLE erasures (
    hash      VARCHAR PRIMARY KEY,
    scope     VARCHAR NOT NULL CHECK (scope IN ('address', 'domain')),
    reason    VARCHAR NOT NULL,
    erased_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE erasures IS 'Addresses and domains that were erased on request: only their hashes are kept.';
COMMENT ON COLUMN erasures.hash IS 'SHA-256 of the address without scheme, www. and last slash, or of domain: and the host name.';
COMMENT ON COLUMN erasures.scope IS 'address, or domain where all that lies under the host name was erased.';
COMMENT ON COLUMN erasures.reason IS 'Why, in the words of the operator.';
COMMENT ON COLUMN erasures.erased_at IS 'When.';
