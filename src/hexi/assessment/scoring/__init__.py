"""From raw values to scores (评分): treatment, missing values, scoring, aggregation, points."""
