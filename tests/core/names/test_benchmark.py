"""What the benchmark of names says, by hand."""

from __future__ import annotations

from benchmarks.names import PEERS, print_names, recalls

PAIRS = {
    "latin": [("Karim", "Kareem"), ("Laila", "wife of Karim")],
    "cross": [("Karim", "کریم")],
    "random": [("Karim", "Laila"), ("Omid", "Nabi")],
    "family": [("Karim Testani", "Laila Testani"), ("Omid", "Laila")],
}


def test_pairs_of_which_one_side_states_no_name_are_counted_apart():
    by_name = {("Karim", "Kareem"): 0.9, ("Karim", "کریم"): 0.8}
    found = recalls(PAIRS, lambda a, b: by_name.get((a, b), 0.1))
    assert found["both", "latin"] == 0.5
    assert found["both", "latin, both named"] == 1.0
    assert found["both", "cross"] == 1.0


def test_the_best_peer_stands_beside(capsys):
    people = [("1", "Karim", "Kareem"), ("2", "Laila", "Leila"), ("3", "Omid", "امید"), ("4", "Nabi", "نبی")]
    rows = [{"name": name, "pid": pid, "fam": str(int(pid) // 3)} for pid, *names in people for name in names]
    print_names(rows)
    lines = [line for line in capsys.readouterr().out.splitlines() if "against both" in line]
    assert [line.split(", against both")[0].strip() for line in lines] == [
        "latin",
        "latin, both named",
        "cross",
        "cross, both named",
    ]
    for line in lines:
        mine, theirs, peer = line.split("against both")[1].split(maxsplit=2)
        assert float(mine) >= float(theirs)
        assert peer in PEERS
