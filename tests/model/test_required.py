"""What a record always has, no update can take away."""

import pytest
from pydantic import ValidationError

from elo_cli.model.kinds import KINDS
from elo_cli.model.records.base import Update

REQUIRED = [
    (kind.update, name)
    for kind in KINDS.values()
    if kind.update is not None
    for name in sorted(kind.update.model_fields.keys() - Update.model_fields.keys())
    if (info := kind.record.model_fields.get(kind.record.update_names.get(name, name))) and info.is_required()
]


@pytest.mark.parametrize(("update", "name"), REQUIRED, ids=lambda value: getattr(value, "__name__", value))
def test_null_takes_no_field_that_every_record_has(update: type[Update], name: str) -> None:
    """A number, instrument or date that is gone would leave nothing that a verb could order by or say."""
    with pytest.raises(ValidationError):
        update.model_validate({"date": "2023-01-01", name: None})
    assert getattr(update.model_validate({"date": "2023-01-01"}), name) is None
