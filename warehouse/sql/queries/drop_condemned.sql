DROP TABLE condemned;
