"""Files of trial registries: `clinicaltrials_gov.py` reads what ClinicalTrials.gov gives."""
