import shutil
import tempfile
from pathlib import Path

import pytest
from film import make_stage


@pytest.fixture(scope="session")
def stage():
    """The film, in a folder that another user may read and write."""
    folder = Path(tempfile.mkdtemp(prefix="headnotes-"))
    folder.chmod(0o777)
    yield make_stage(folder)
    shutil.rmtree(folder)
