"""Files of tokens, all the way: from the upload to rows, and out again byte for byte."""

from __future__ import annotations

import pytest

from annotator.users.models import Project, User
from articles.models import Article, Layer, Span
from articles.queries.exports.packages import ExportQuery, open_package
from articles.queries.layers.choice import GOLD
from tests.scenarios import imports

CONLL = """-DOCSTART- -X- -X- O

Mara NNP I-NP I-PERSON
Quist NNP I-NP I-PERSON
leads VBZ I-VP O
Northline NNP I-NP I-ORG
Press NNP B-NP B-ORG

She  PRP I-NP O
left VBD I-VP O

-DOCSTART- -X- -X- O

Nobody NN I-NP O
came VBD I-VP O

"""
CONLLU = """# global.columns = ID FORM MISC NE
# newdoc id = d1
# text = Quist, del norte.
1\tQuist\tSpaceAfter=No\tB-PERSON
2\t,\t_\tO
3-4\tdel\t_\t_
3\tde\t_\tO
4\tel\t_\tB-ORG
5\tnorte\tSpaceAfter=No\tI-ORG
6\t.\t_\tO

# newdoc id = d2
1\tNadie\t_\tO
1.1\tes\t_\t_

"""


def bring_in(project: Project, content: str, name: str) -> None:
    assert project.created_by
    report = imports.bring_in(project, project.created_by, content.encode(), name).report
    assert (report["imported"], report["left_out"]) == (2, 0)


def exported(project: Project, user: User, file_format: str) -> str:
    package = open_package(project, ExportQuery(layer=GOLD, file_format=file_format), user=user)
    return b"".join(package.pieces()).decode()


@pytest.mark.parametrize(("name", "content"), [("a.conll", CONLL), ("a.conllup", CONLLU)])
def test_a_file_comes_back_byte_for_byte(project: Project, manager: User, name: str, content: str) -> None:
    bring_in(project, content, name)
    file_format = "conll" if name == "a.conll" else "conllu"
    assert exported(project, manager, file_format) == content


def test_an_edit_changes_its_rows_only(project: Project, manager: User) -> None:
    bring_in(project, CONLL, "a.conll")
    Span.objects.filter(label="PERSON").delete()
    expected = CONLL.replace("I-NP I-PERSON", "I-NP O")
    assert exported(project, manager, "conll") == expected


def test_an_article_without_entities_in_an_annotated_file_is_annotated(project: Project) -> None:
    bring_in(project, CONLL, "a.conll")
    assert Layer.objects.filter(kind=Layer.Kind.GOLD, article__text="Nobody came").exists()


def test_a_file_without_any_entity_is_one_that_waits_for_its_annotators(project: Project) -> None:
    bring_in(project, CONLL.replace("I-PERSON", "O").replace("I-ORG", "O").replace("B-ORG", "O"), "a.conll")
    assert Article.objects.count() == 2
    assert not Layer.objects.exists()
