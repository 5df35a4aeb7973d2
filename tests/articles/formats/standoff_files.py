"""Files of brat, UIMA, GATE and TEI, built by hand after what these tools write."""

from __future__ import annotations

from tests.articles.formats.builders import make_zip


def make_brat(*lines: str, text: str) -> bytes:
    """A zip of a text and its annotations."""
    return make_zip(a__txt=text.encode(), a__ann="\n".join(lines).encode())


# --- UIMA

UIMA_TEXT = "Aru 😀 leads Northline. She is in Bergen."
_NER = "http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore"
_XMI = f"""<?xml version="1.0" encoding="UTF-8"?>
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:ner="{_NER}"
 xmlns:custom="http:///webanno/custom.ecore" xmlns:tcas="http:///uima/tcas.ecore"
 xmlns:meta="http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore"
 xmlns:seg="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore"
 xmlns:pos="http:///de/tudarmstadt/ukp/dkpro/core/api/lexmorph/type/pos.ecore" xmi:version="2.0">
<cas:NULL xmi:id="0"/>
%s
<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="{UIMA_TEXT}"/>
<cas:View sofa="1" members="%s"/>
</xmi:XMI>"""
_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>%s</types>
</typeSystemDescription>"""


def declare_type(name: str, super_name: str = "uima.tcas.Annotation", **features: str) -> str:
    rows = "".join(
        f"<featureDescription><name>{feature}</name><rangeTypeName>{kind}</rangeTypeName></featureDescription>"
        for feature, kind in features.items()
    )
    head = f"<name>{name}</name><description/><supertypeName>{super_name}</supertypeName>"
    return f"<typeDescription>{head}<features>{rows}</features></typeDescription>"


def make_xmi(*structures: str, members: str = "2 3 4 5 6 7 8 9") -> bytes:
    return (_XMI % ("\n".join(structures), members)).encode()


def make_type_system(*types: str) -> bytes:
    return (_TYPES % "".join(types)).encode()


# Offsets of UIMA count UTF-16: the face takes two.
UIMA_ARU = '<ner:NamedEntity xmi:id="2" sofa="1" begin="0" end="3" value="PER" identifier="http://x/Q1"/>'
UIMA_FIRM = '<ner:NamedEntity xmi:id="3" sofa="1" begin="13" end="22" value="ORG"/>'
UIMA_BERGEN = '<ner:NamedEntity xmi:id="4" sofa="1" begin="34" end="40"/>'


# --- GATE

_GATE = """<?xml version='1.0' encoding='UTF-8'?>
<GateDocument version="3">
<!-- The document's features-->
<GateDocumentFeatures>
%(features)s
</GateDocumentFeatures>
<TextWithNodes>%(text)s</TextWithNodes>
%(sets)s
</GateDocument>"""
# The face takes two units in Java, so that the ids of nodes run ahead of code points.
GATE_NODES = (
    '<Node id="0"/>Aru<Node id="3"/> 😀 leads <Node id="13"/>Nord &amp; Co<Node id="22"/>.&#13;\n'
    '<Node id="25"/>She<Node id="28"/> is in Bergen.'
)
GATE_TEXT = "Aru 😀 leads Nord & Co.\r\nShe is in Bergen."


def feature(name: str, value: str, kind: str = "java.lang.String") -> str:
    return (
        f'<Feature><Name className="java.lang.String">{name}</Name>'
        f'<Value className="{kind}">{value}</Value></Feature>'
    )


def annotation(id_: int, kind: str, start: int, end: int, *features: str) -> str:
    place = f'StartNode="{start}" EndNode="{end}"'
    return f'<Annotation Id="{id_}" Type="{kind}" {place}>{"".join(features)}</Annotation>'


def make_gate(*sets: str, text: str = GATE_NODES, features: str = "") -> bytes:
    return (_GATE % {"text": text, "sets": "\n".join(sets), "features": features}).encode()


def annotation_set(*annotations: str, name: str = "") -> str:
    named = f' Name="{name}"' if name else ""
    return f"<AnnotationSet{named}>\n" + "\n".join(annotations) + "\n</AnnotationSet>"


GATE_ARU, GATE_FIRM = annotation(1, "Person", 0, 3), annotation(2, "Organization", 13, 22)
GATE_SHE = annotation(3, "Person", 25, 28)


# --- TEI

TEI_NAMESPACE = "http://www.tei-c.org/ns/1.0"
TEI_HEADER = """<teiHeader><fileDesc>
  <titleStmt><title>Ferries  to
     Bergen</title><author>M. Quist</author></titleStmt>
  <publicationStmt><publisher>A library</publisher><date when="2019-01-02"/></publicationStmt>
  <sourceDesc><bibl><title level="a">Ferries</title> <title level="j">The Harbour Post</title>
     <date when="1911-05-30">30 May 1911</date></bibl></sourceDesc>
 </fileDesc><profileDesc><langUsage><language ident="en"/></langUsage></profileDesc></teiHeader>"""


def make_tei(
    body: str, *, header: str = TEI_HEADER, beside: str = "", namespace: str = f' xmlns="{TEI_NAMESPACE}"'
) -> bytes:
    return f"<TEI{namespace}>{header}<text><body>\n{body}\n</body></text>{beside}</TEI>".encode()
