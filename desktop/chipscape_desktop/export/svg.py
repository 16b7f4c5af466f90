"""Writes a drawing as SVG: text as text, a group for each layer, a title for each mark, and what it was made from.

Without Qt, and the same bytes for the same drawing and capsule.
"""

from chipscape_desktop.export.provenance import Capsule, numbered_sources
from chipscape_desktop.export.svg_items import SvgItems
from chipscape_desktop.export.xml_text import attributes, escaped
from chipscape_desktop.figures.drawing import Drawing
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.font_names import CJK_FAMILY, INTER_FAMILY

FONT_STACK = (
    f"{INTER_FAMILY}, 'Helvetica Neue', Arial, 'Liberation Sans', '{CJK_FAMILY}', 'Noto Sans CJK SC', "
    "'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', sans-serif"
)
_STYLE = 'text{font-kerning:none;font-feature-settings:"calt" 0}.tabular{font-feature-settings:"calt" 0,"tnum" 1}'
CAPSULE_NAMESPACE = "urn:chipscape:capsule"


def render_svg(drawing: Drawing, caption: Caption, capsule: Capsule) -> bytes:
    """Return the drawing as an SVG document in UTF-8."""
    items = SvgItems()
    names = {"title": items.names.fresh("title"), "summary": items.names.fresh("summary")}
    body: list[str] = []
    for layer in drawing.layers:
        name = items.names.fresh(f"layer-{layer.name}")
        clip = f' clip-path="url(#{items.define_clip(layer.clip)})"' if layer.clip else ""
        body.append(f'<g id="{name}"{clip}>')
        for item in layer.items:
            body += items.item(item, layer.clip)
        body.append("</g>")
    head = attributes(
        xmlns="http://www.w3.org/2000/svg",
        xmlns__xlink="http://www.w3.org/1999/xlink",
        width=drawing.width,
        height=drawing.height,
        viewBox=f"0 0 {drawing.width:g} {drawing.height:g}",
        role="img",
        aria_labelledby=" ".join(names.values()),
        font_family=FONT_STACK,
    ).replace("xmlns--xlink", "xmlns:xlink")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<svg{head}>",
        f'<title id="{names["title"]}">{escaped(drawing.title or caption.title)}</title>',
        f'<desc id="{names["summary"]}">{escaped(drawing.summary or caption.subtitle)}</desc>',
        *_metadata(caption, capsule),
        f"<style>{_STYLE}</style>",
        *(["<defs>", *items.definitions, "</defs>"] if items.definitions else []),
        f'<rect{attributes(width=drawing.width, height=drawing.height)} fill="{drawing.ground[:7]}"/>',
        *body,
        "</svg>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _metadata(caption: Caption, capsule: Capsule) -> list[str]:
    sources = [f"<dc:source>{escaped(line)}</dc:source>" for line in numbered_sources(caption.sources)]
    return [
        "<metadata>",
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">',
        '<rdf:Description rdf:about="">',
        f"<dc:title>{escaped(caption.title)}</dc:title>",
        f"<dc:description>{escaped(caption.subtitle)}</dc:description>",
        *sources,
        "</rdf:Description>",
        "</rdf:RDF>",
        f'<capsule xmlns="{CAPSULE_NAMESPACE}">{escaped(capsule.to_json())}</capsule>',
        "</metadata>",
    ]
