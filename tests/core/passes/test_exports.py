"""The room's front door."""

from safepassage.core import passes


def test_the_front_door_is_what_it_says():
    public = {
        name for name, value in vars(passes).items() if not name.startswith("_") and hasattr(value, "__module__")
    }
    assert public == set(passes.__all__)
    assert list(passes.__all__) == sorted(passes.__all__)
