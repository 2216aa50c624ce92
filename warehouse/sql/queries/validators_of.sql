SELECT url, etag, last_modified FROM validators SEMI JOIN asked USING (url);
