"""The reports, one file per question: `answer` computes, `document` says it."""
