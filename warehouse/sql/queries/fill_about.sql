INSERT INTO about SELECT * FROM incoming_about;
