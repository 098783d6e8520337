"""Receipts that have ended, as other programs read them: XML and JSON of УКМ 5, sales of AIF."""
