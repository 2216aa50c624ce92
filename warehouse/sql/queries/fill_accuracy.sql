INSERT INTO accuracy BY NAME SELECT * FROM incoming_accuracy;
