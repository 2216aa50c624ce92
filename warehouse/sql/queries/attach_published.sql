ATTACH '{path}' AS published (STORAGE_VERSION 'v1.2.0');
