"""Topic and work files to topics and works: reading, and saying what is wrong with its line."""

from headnotes.topics.finding import find_files
from headnotes.topics.reading import TOPIC_FILE, WORK_FILE, read_folder, read_topic, read_work

__all__ = ["TOPIC_FILE", "WORK_FILE", "find_files", "read_folder", "read_topic", "read_work"]
