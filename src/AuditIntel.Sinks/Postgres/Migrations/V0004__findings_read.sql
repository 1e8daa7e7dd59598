-- What a findings model reads in a text, and what the taxonomy recommends.
ALTER TABLE findings ADD COLUMN reading jsonb;
COMMENT ON COLUMN findings.reading IS 'What a model of findings has read in the text: types, predictedSeverity, severitySource, attackVectors, preconditions, economicImpact, recommendations, authorRecommendation, codePatterns, modelVersion. NULL while there was no model.';
