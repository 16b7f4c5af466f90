"""Foreign networks into the base: what their words mean, what is new, what is there already, what cannot come in."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from chipscape_db.base_file import FactBase, open_base
from chipscape_db.commands.networks import import_network
from chipscape_db.errors import Invalid
from chipscape_db.reverting import undo
from chipscape_db.transfer.networks.content import NetworkFile
from chipscape_db.transfer.networks.formats import read_bytes
from chipscape_db.transfer.networks.mapping import LEAVE_OUT, ImportMapping, propose
from chipscape_db.transfer.networks.outcome import Plan
from chipscape_db.transfer.networks.plan import plan_import
from chipscape_db.transfer.networks.reading import kept_places, read_network


@pytest.fixture
def base(starter_copy: Path) -> Any:
    opened = open_base(starter_copy)
    yield opened
    opened.close()


def kumu(elements: list[dict[str, Any]], connections: list[dict[str, Any]] = []) -> NetworkFile:  # noqa: B006 - read
    return read_bytes(json.dumps({"elements": elements, "connections": connections}).encode(), "k.json")


def planned(base: FactBase, network: NetworkFile, mapping: ImportMapping | None = None) -> Plan:
    with Session(base.engine) as session:
        return plan_import(session, network, mapping or propose(network))


def test_words_of_others_are_understood_where_they_are_plain() -> None:
    network = kumu(
        [{"label": "A", "Type": "Company", "Description": "x", "colour": "red"}, {"label": "B", "Type": "GPU"},
         {"label": "C", "Type": "Gizmo"}],
        [{"from": "B", "to": "A", "type": "Made by", "Since": "2020"}],
    )  # fmt: skip
    mapping = propose(network)
    assert mapping.node_columns == {"Type": "kind", "Description": "summary_en", "colour": ""}
    assert mapping.edge_columns == {"type": "kind", "Since": "starts_on"}
    assert mapping.kinds == {"Company": "organization", "GPU": "chip", "Gizmo": ""}
    assert mapping.links == {"Made by": "manufactures<"}


def test_what_is_there_is_known_by_slug_name_or_alias_and_stays_as_it_is(base: FactBase) -> None:
    network = kumu(
        [{"_id": "tsmc", "label": "Taiwan Semi", "type": "organization"},
         {"_id": "1", "label": "nvidia", "type": "company"}, {"_id": "2", "label": "Newcomer", "type": "company"},
         {"_id": "3", "label": "TSMC", "type": "chip"}],
        [{"from": "tsmc", "to": "1", "type": "supplies"}, {"from": "2", "to": "tsmc", "type": "buys from"}],
    )  # fmt: skip
    plan = planned(base, network)
    with Session(base.engine) as session:
        names = {node.values["uuid"]: node.label for node in read_network(session).nodes}
    assert {key: names[id_] for key, id_ in plan.known.items()} == {"tsmc": "TSMC", "1": "Nvidia"}
    assert [(one.name, one.kind, one.slug) for one in plan.records] == [
        ("Newcomer", "organization", "newcomer"), ("TSMC", "chip", "tsmc-2"),
    ]  # fmt: skip
    assert plan.records[0].fields["org_kind"] == "company"
    import_network(base.engine, author="Ada", network=network, mapping=propose(network), name="k.json")
    with Session(base.engine) as session:
        again = {node.id: node.label for node in read_network(session).nodes}
    assert again["tsmc"] == "TSMC"
    assert again["newcomer"] == "Newcomer"


def test_each_spell_of_an_edge_becomes_a_relationship(base: FactBase) -> None:
    text = """<gexf><graph defaultedgetype="directed"><nodes><node id="tsmc"/><node id="asml"/></nodes><edges>
    <edge id="x" source="asml" target="tsmc" label="supplies"><spells><spell start="1990" end="1994"/>
    <spell start="1999-05-01"/></spells></edge></edges></graph></gexf>"""
    plan = planned(base, read_bytes(text.encode(), "d.gexf"))
    assert [(one.starts_on, one.ends_on) for one in plan.links] == [("1990", "1994"), ("1999-05-01", None)]
    assert len({one.slug for one in plan.links}) == 2
    assert not plan.records


def test_obstacles_say_what_and_where_and_nothing_comes_in_by_half(base: FactBase, facts_of: Any) -> None:
    network = kumu(
        [{"_id": "c", "label": "Chip X", "type": "chip", "released": "last week"},
         {"_id": "o", "label": "House", "type": "company"}, {"_id": "p", "label": "Rule", "type": "law"}],
        [{"_id": "1", "from": "o", "to": "p", "type": "designs"},
         {"_id": "2", "from": "o", "to": "c", "type": "designs"},
         {"_id": "3", "from": "o", "to": "o", "type": "owns"}],
    )  # fmt: skip
    plan = planned(base, network)
    assert [(one.on, one.id) for one in plan.obstacles] == [("node", "c"), ("edge", "1"), ("edge", "2"), ("edge", "3")]
    assert "last week" in str(plan.obstacles[0])
    assert "does not join organization and policy" in str(plan.obstacles[1])
    before = facts_of(base.path)
    with pytest.raises(
        Invalid, match=r"4 nodes and edges of “k\.json” cannot come in; the first is node c: 'last week'"
    ):
        import_network(base.engine, author="Ada", network=network, mapping=propose(network), name="k.json")
    assert facts_of(base.path) == before
    import_network(
        base.engine, author="Ada", network=network, mapping=propose(network), name="k.json", leave_out=True
    )  # fmt: skip
    with Session(base.engine) as session:
        slugs = {node.id for node in read_network(session).nodes}
    assert {"house", "rule"} <= slugs
    assert "chip-x" not in slugs


def test_a_person_decides_what_words_mean_and_what_stays_out(base: FactBase) -> None:
    network = kumu(
        [{"_id": "a", "label": "Alpha", "type": "Gizmo"}, {"_id": "b", "label": "Beta", "type": "Noise"}],
        [{"from": "a", "to": "b", "type": "zaps"}],
    )  # fmt: skip
    plan = planned(base, network)
    assert {one.kind for one in plan.records} == {"organization"}
    assert [one.kind for one in plan.links] == ["partners-with"]
    chosen = replace(propose(network), kinds={"Gizmo": "chip", "Noise": LEAVE_OUT}, links={"zaps": "part-of"})
    plan = planned(base, network, chosen)
    assert [(one.name, one.kind) for one in plan.records] == [("Alpha", "chip")]
    assert not plan.links
    assert not plan.obstacles


def test_undirected_edges_are_turned_where_only_that_makes_sense(base: FactBase) -> None:
    network = kumu(
        [{"_id": "x1", "label": "Chip Y", "type": "chip"}],
        [],
    )  # fmt: skip
    two = kumu(
        [{"_id": "x1", "label": "Chip Y", "type": "chip"}, {"_id": "tsmc", "label": "TSMC", "type": "organization"}],
        [{"from": "x1", "to": "tsmc", "direction": "undirected", "type": "manufactures"}],
    )  # fmt: skip
    assert planned(base, network).records[0].name == "Chip Y"
    plan = planned(base, two)
    assert [(one.kind, one.object) for one in plan.links] == [("manufactures", plan.records[0].id)]


def test_new_facts_cite_the_source_that_is_named_for_them(base: FactBase) -> None:
    network = kumu([{"_id": "x1", "label": "Chip Z", "type": "chip"}])
    with Session(base.engine) as session:
        source = read_network(session).sources[0]
    mapping = replace(propose(network), source_id=source["uuid"])
    import_network(base.engine, author="Ada", network=network, mapping=mapping, name="k.json")
    with Session(base.engine) as session:
        node = next(node for node in read_network(session).nodes if node.id == "chip-z")
    assert node.values["sources"] == source["slug"]


def test_places_of_others_come_in_at_the_scale_of_the_map(base: FactBase) -> None:
    text = """<gexf><graph><nodes><node id="tsmc"><position x="1000" y="0"/></node><node id="asml">
    <position x="3000" y="-500"/></node></nodes><edges><edge source="asml" target="tsmc" label="supplies"/></edges>
    </graph></gexf>"""
    network = read_bytes(text.encode(), "d.gexf")
    import_network(base.engine, author="Ada", network=network, mapping=propose(network), name="d.gexf")
    with Session(base.engine) as session:
        places = kept_places(session, "hand")
        (a, b) = (places[node.values["uuid"]] for node in read_network(session).nodes if node.id in ("asml", "tsmc"))
    assert ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 == pytest.approx(1.5)
    assert a[1] > b[1]


def test_what_is_there_is_updated_where_that_is_asked_for_and_undo_takes_it_back(base: FactBase, facts_of: Any) -> None:
    network = kumu(
        [{"_id": "tsmc", "label": "Taiwan Semi", "type": "organization", "founded_on": "1988", "country": "",
          "Description": "Makes chips for others."},
         {"_id": "asml", "label": "ASML", "type": "organization", "founded_on": "1984"}],
        [{"_id": "rel-asml-supplies-tsmc", "from": "asml", "to": "tsmc", "type": "supplies", "ends_on": "2031"}],
    )  # fmt: skip
    mapping = propose(network)
    before = facts_of(base.path)
    with Session(base.engine) as session:
        assert plan_import(session, network, mapping).updates == ()
        plan = plan_import(session, network, mapping, update=True)
    told = {one.name: {field: after for field, _before, after in one.changes} for one in plan.updates}
    assert told["TSMC"]["founded_on"] == "1988"
    assert "country" not in told["TSMC"]
    assert told["TSMC"]["summary_en"] == "Makes chips for others."
    import_network(base.engine, author="Ada", network=network, mapping=mapping, name="k", update=True)
    with Session(base.engine) as session:
        after = {node.id: node for node in read_network(session).nodes}
        again = plan_import(session, network, mapping, update=True)
    assert after["tsmc"].values["founded_on"] == "1988"
    assert after["tsmc"].label == "TSMC"
    assert again.updates == ()
    undo(base.engine, author="Ada")
    assert facts_of(base.path) == before


def test_our_own_file_updates_nothing(base: FactBase) -> None:
    with Session(base.engine) as session:
        network = read_network(session)
        plan = plan_import(session, network, propose(network), update=True)
    assert (plan.updates, plan.obstacles) == ((), ())


def test_an_update_that_cannot_be_is_an_obstacle(base: FactBase) -> None:
    network = kumu([{"_id": "tsmc", "label": "TSMC", "type": "organization", "founded_on": "sometime"}])
    with Session(base.engine) as session:
        plan = plan_import(session, network, propose(network), update=True)
    (obstacle,) = plan.obstacles
    assert (obstacle.on, obstacle.id) == ("node", "tsmc")
    assert plan.updates == ()
