"""What differs from language to language: names, codes, words of reports, how common words are."""
