SELECT value FROM about WHERE key = 'content_key';
