"""Topic files to topics: reading them, and saying everything that is wrong with its line."""

from headnotes.topics.reading import TOPIC_FILE, WORK_FILE, read_folder, read_topic, read_work

__all__ = ["TOPIC_FILE", "WORK_FILE", "read_folder", "read_topic", "read_work"]
