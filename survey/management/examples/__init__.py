"""Surveys that are shipped as folders of content, with made-up firms and answers to look at."""
