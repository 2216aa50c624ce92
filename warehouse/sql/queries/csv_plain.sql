"{column}"
