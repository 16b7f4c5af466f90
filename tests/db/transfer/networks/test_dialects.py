"""Files as other programs write them: read for what they say, or refused in one sentence that says what and where."""

import json

import pytest

from chipscape_db.errors import FileFault
from chipscape_db.transfer.networks.content import NetworkFile
from chipscape_db.transfer.networks.formats import read_bytes

GRAPHML = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">{}</graphml>'


def read(text: str, name: str = "file") -> NetworkFile:
    return read_bytes(text.encode(), name)


# GraphML


def test_graphml_of_networkx_with_typed_attributes_and_without_direction() -> None:
    network = read("""<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<key id="d1" for="edge" attr.name="weight" attr.type="double" />
<key id="d0" for="node" attr.name="club" attr.type="string"><default>none</default></key>
<graph edgedefault="undirected"><node id="0"><data key="d0">Mr. Hi</data></node><node id="1" />
<edge source="0" target="1"><data key="d1">4.0</data></edge></graph></graphml>""")
    assert [(node.id, node.label, node.values) for node in network.nodes] == [
        ("0", "0", {"club": "Mr. Hi"}), ("1", "1", {"club": "none"}),
    ]  # fmt: skip
    (edge,) = network.edges
    assert (edge.source, edge.target, edge.directed, edge.values) == ("0", "1", False, {"weight": "4.0"})
    assert not network.ours


def test_graphml_of_yed_with_drawn_labels_geometry_and_a_group() -> None:
    network = read("""<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
<key for="port" id="d0" yfiles.type="portgraphics"/><key attr.name="description" attr.type="string" for="node" id="d5"/>
<key for="node" id="d6" yfiles.type="nodegraphics"/><key for="edge" id="d10" yfiles.type="edgegraphics"/>
<graph edgedefault="directed" id="G">
<node id="n0" yfiles.foldertype="group"><data key="d6"><y:ProxyAutoBoundsNode><y:Realizers><y:GroupNode>
<y:Geometry height="100" width="100" x="0" y="0"/><y:NodeLabel>Fabs</y:NodeLabel></y:GroupNode></y:Realizers>
</y:ProxyAutoBoundsNode></data><graph edgedefault="directed" id="n0:">
<node id="n0::n0"><data key="d5"><![CDATA[A foundry]]></data><data key="d6"><y:ShapeNode>
<y:Geometry height="30.0" width="40.0" x="100.0" y="-50.0"/><y:NodeLabel>Taiwan
Semi</y:NodeLabel></y:ShapeNode></data></node></graph></node>
<node id="n1"><data key="d6"><y:ShapeNode><y:NodeLabel>Chip</y:NodeLabel></y:ShapeNode></data><port name="in"/></node>
<edge id="e0" source="n0::n0" target="n1"><data key="d10"><y:PolyLineEdge><y:EdgeLabel>makes</y:EdgeLabel>
</y:PolyLineEdge></data></edge></graph></graphml>""")
    assert [node.label for node in network.nodes] == ["Taiwan Semi", "Chip"]
    assert network.nodes[0].place == (120.0, -35.0)
    assert network.nodes[0].values == {"description": "A foundry", "group": "Fabs"}
    assert network.edges[0].label == "makes"


def test_graphml_of_neo4j_igraph_and_nodexl() -> None:
    neo4j = read(GRAPHML.format(
        '<key id="name" for="node" attr.name="name"/><graph id="G" edgedefault="directed">'
        '<node id="n0" labels=":Company:Vendor"><data key="labels">:Company:Vendor</data><data key="name">ACME</data>'
        '</node><node id="n1" labels=":Chip"/><edge id="e0" source="n0" target="n1" label="MAKES">'
        '<data key="label">MAKES</data></edge></graph>'
    ))  # fmt: skip
    assert neo4j.nodes[0].label == "ACME"
    assert neo4j.nodes[1].values == {"labels": "Chip"}
    assert neo4j.edges[0].label == "MAKES"
    igraph = read(GRAPHML.format(
        '<key id="v_name" for="node" attr.name="name" attr.type="string"/>'
        '<key id="v_x" for="node" attr.name="x" attr.type="double"/>'
        '<key id="v_y" for="node" attr.name="y" attr.type="double"/>'
        '<graph id="G" edgedefault="undirected"><node id="n0"><data key="v_name">A</data><data key="v_x">NaN</data>'
        '<data key="v_y">1</data></node><node id="n1"><data key="v_name">B</data><data key="v_x">1.5</data>'
        '<data key="v_y">-2</data></node></graph>'
    ))  # fmt: skip
    assert [(node.label, node.place) for node in igraph.nodes] == [("A", None), ("B", (1.5, -2.0))]
    nodexl = read(GRAPHML.format(
        '<key id="V-X" for="node" attr.name="X" attr.type="string"/><key id="V-Y" for="node" attr.name="Y"/>'
        '<key id="V-Label" for="node" attr.name="Label"/><graph edgedefault="directed"><node id="a">'
        '<data key="V-X">10</data><data key="V-Y">20</data><data key="V-Label">Ann</data></node></graph>'
    ))  # fmt: skip
    assert (nodexl.nodes[0].label, nodexl.nodes[0].place) == ("Ann", (10.0, 20.0))


def test_graphml_without_a_namespace_in_utf_16_and_with_mixed_directions() -> None:
    text = (
        '<?xml version="1.0" encoding="UTF-16"?><graphml><graph edgedefault="directed"><node id="ä"/><node id="b"/>'
        '<edge source="ä" target="b" directed="false"/><edge source="b" target="ä"/></graph></graphml>'
    )
    network = read_bytes(text.encode("utf-16"), "file.xml")
    assert [edge.directed for edge in network.edges] == [False, True]
    assert [edge.id for edge in network.edges] == ["e1", "e2"]


# GEXF


def test_gexf_with_spells_from_the_wild() -> None:
    network = read("""<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">
<meta lastmodifieddate="2011-01-01"><creator>Gephi 0.8</creator><description>Web</description></meta>
<graph mode="dynamic" defaultedgetype="directed" timeformat="date">
<attributes class="node" mode="static"><attribute id="0" title="url" type="string"/>
<attribute id="1" title="frog" type="boolean"><default>true</default></attribute></attributes>
<attributes class="node" mode="dynamic"><attribute id="2" title="indegree" type="float"/></attributes>
<nodes><node id="0" label="Gephi" start="2009-03-01"><attvalues><attvalue for="0" value="https://gephi.org"/>
<attvalue for="2" value="1" end="2009-03-01"/><attvalue for="2" value="2" start="2009-03-02" end="2009-03-10"/>
</attvalues><viz:position x="15.783598" y="40.109245" z="0.0"/><viz:color r="239" g="173" b="66"/></node>
<node id="1" label="Network"><spells><spell end="2009-03-01"/><spell start="2009-03-05" end="2009-03-10"/></spells>
</node></nodes><edges><edge id="0" source="0" target="1" start="2009-03-01" end="2009-03-10" weight="2.0"/>
<edge id="1" source="1" target="0" type="undirected"><spells><spell start="2009-03-01T10:00:00" end="2009-03-02"/>
<spell start="2009-04-01"/></spells></edge></edges></graph></gexf>""")
    gephi, net = network.nodes
    assert gephi.values == {"url": "https://gephi.org", "frog": "true", "indegree": "2"}
    assert gephi.place == (15.783598, -40.109245)
    assert gephi.spells == (("2009-03-01", ""),)
    assert net.spells == (("", "2009-03-01"), ("2009-03-05", "2009-03-10"))
    assert network.edges[0].spells == (("2009-03-01", "2009-03-10"),)
    assert network.edges[1].spells == (("2009-03-01", "2009-03-02"), ("2009-04-01", ""))
    assert [edge.directed for edge in network.edges] == [True, False]
    assert network.title == "Web"


def test_gexf_1_3_with_timestamps_intervals_and_nested_nodes() -> None:
    network = read("""<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph mode="dynamic" timeformat="date"
timerepresentation="timestamp"><nodes><node id="a" label="A"><nodes><node id="b" label="B"
timestamps="&lt;[2020-02-01, 2020-03-01]&gt;"/></nodes></node><node id="c" label="C" pid="a"
intervals="&lt;[2020-01-01, 2020-06-30]; [2021-01-01, 2021-02-01]&gt;"/></nodes><edges>
<edge source="a" target="b" type="mutual" timestamp="2020-05-05"/></edges></graph></gexf>""")
    a, b, c = network.nodes
    assert (a.spells, "group" in a.values) == ((), False)
    assert b.spells == (("2020-02-01", "2020-02-01"), ("2020-03-01", "2020-03-01"))
    assert c.spells == (("2020-01-01", "2020-06-30"), ("2021-01-01", "2021-02-01"))
    assert b.values["group"] == c.values["group"] == "A"
    assert network.edges[0].spells == (("2020-05-05", "2020-05-05"),)


def test_gexf_1_1_slices_years_and_numbers_that_are_no_dates() -> None:
    network = read("""<gexf xmlns="http://www.gexf.net/1.1draft" version="1.1"><graph mode="dynamic">
<nodes><node id="1" label="X"><slices><slice start="2001.0" end="2003"/></slices></node>
<node id="2"><spells><spell start="1335090239" end="1335090241"/></spells></node></nodes>
<edges/></graph></gexf>""")
    assert network.nodes[0].spells == (("2001", "2003"),)
    assert network.nodes[1].spells == ()
    assert network.nodes[1].label == "2"
    assert network.notes == ("The times in the file are numbers, not dates; they are left out.",)


# JSON


def test_a_kumu_blueprint_by_labels() -> None:
    network = read(json.dumps({
        "elements": [{"label": "TSMC", "type": "Foundry", "tags": ["fab", "asia"]}, {"label": "H100", "type": "Chip"}],
        "connections": [{"from": "tsmc", "to": "H100", "direction": "mutual", "label": "makes", "since": 2022}],
    }))  # fmt: skip
    assert network.nodes[0].values == {"type": "Foundry", "tags": "fab; asia"}
    (edge,) = network.edges
    assert (edge.source, edge.target, edge.label, edge.directed) == ("TSMC", "H100", "makes", False)
    assert edge.values == {"since": "2022"}


def test_a_kumu_project_export_with_attributes_and_a_map() -> None:
    network = read(json.dumps({
        "version": 1,
        "elements": [
            {"_id": "elem-1", "attributes": {"label": "A", "element type": "Org", "description": "x"}},
            {"_id": "elem-2", "attributes": {"label": "B", "element type": "Org"}},
        ],
        "connections": [{"_id": "conn-1", "from": "elem-1", "to": "elem-2", "direction": "directed",
                         "attributes": {"connection type": "funds"}}],
        "maps": [{"_id": "m", "elements": [{"element": "elem-1", "position": {"x": 5, "y": -7.5}}]}],
    }))  # fmt: skip
    assert network.nodes[0].place == (5.0, -7.5)
    assert network.nodes[0].values == {"type": "Org", "description": "x"}
    assert network.edges[0].values == {"type": "funds"}


def test_cytoscape_js_by_group_and_as_one_list() -> None:
    node = {"data": {"id": "a", "name": "Ann", "SUID": 7, "selected": False}, "position": {"x": 1, "y": 2}}
    edge = {"data": {"id": "e", "source": "a", "target": "b", "interaction": "pp"}}
    grouped = read(json.dumps({"elements": {"nodes": [node, {"data": {"id": "b"}}], "edges": [edge]}}))
    listed = read(json.dumps([node, {"group": "nodes", "data": {"id": "b"}}, edge]))
    assert grouped.nodes == listed.nodes
    assert grouped.edges == listed.edges
    assert (grouped.nodes[0].label, grouped.nodes[0].place) == ("Ann", (1.0, 2.0))
    assert grouped.edges[0].label == "pp"


# Refusals


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hello", "“f” is neither GraphML, GEXF"),
        ("", "“f” is neither"),
        ("<graphml><graph>\n<node id='a'>\n</graph></graphml>", "“f” is broken at line 3, column 3: mismatched tag"),
        ("<svg/>", "XML of another kind \\(<svg>\\)"),
        ('<!DOCTYPE g [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><graphml>&b;</graphml>', "declares entities"),
        ('<!DOCTYPE g [<!ENTITY x SYSTEM "file:///etc/passwd">]><graphml>&x;</graphml>', "declares entities"),
        ("<graphml/>", "“f” holds 0 graphs"),
        ("<graphml><graph/><graph/></graphml>", "“f” holds 2 graphs"),
        ("<graphml><graph><node/></graph></graphml>", "node number 1 has no id"),
        ("<graphml><graph><node id='a'/><node id='a'/></graph></graphml>", "two nodes have the id a"),
        ("<graphml><graph><node id='a'/><edge id='e7' source='a' target='z'/></graph></graphml>",
         "the edge e7 ends at z"),
        ("<graphml><graph><node id='a'/><hyperedge id='h'/></graph></graphml>", "hyperedge \\(h\\)"),
        ("<gexf/>", "has no <graph>"),
        ("<gexf><graph><nodes><node id='a'/></nodes><edges><edge source='a' target='q'/></edges></graph></gexf>",
         "the edge e1 ends at q"),
        ("{", "broken at line 1, column 2"),
        ("[" * 100_000, "nested too deeply|broken at line"),
        ("{}", "JSON, but neither"),
        ('[{"CXVersion": "2.0"}]', "CX2, which is only written"),
        ('{"elements": [{"type": "x"}], "connections": []}', "elements\\[1\\] has no label"),
        ('{"elements": [{"label": "x"}], "connections": [{"from": "x", "to": "y"}]}',
         "connections\\[1\\] ends at “y”"),
        ('{"elements": [3], "connections": []}', "elements\\[1\\] is not an object"),
        ('{"elements": {"nodes": [{"data": {}}]}}', "nodes\\[1\\] has no id"),
        ('{"elements": {"nodes": [{}]}}', "nodes\\[1\\] has no data"),
        ('{"elements": {"nodes": [{"data": {"id": 1}}], "edges": [{"data": {"source": 1}}]}}', "ends at \\?"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_one_sentence(text: str, said: str) -> None:
    with pytest.raises(FileFault, match=said) as caught:
        read(text, "f")
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200
