import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipscape_db.identifiers import doi_in, normal_doi, normal_url, url_key


@pytest.mark.parametrize(
    "text",
    [
        "10.1145/3579371.3589350",
        "doi:10.1145/3579371.3589350",
        "https://doi.org/10.1145/3579371.3589350",
        "HTTP://DX.DOI.ORG/10.1145/3579371.3589350.",
        "DOI 10.1145/3579371.3589350",
    ],
)
def test_every_way_to_write_a_doi_is_one_doi(text):
    assert normal_doi(text) == "10.1145/3579371.3589350"


def test_the_case_of_a_doi_means_nothing():
    assert normal_doi("10.1000/ABC.Def") == normal_doi("10.1000/abc.dEF") == "10.1000/abc.def"


@pytest.mark.parametrize("text", ["", "11.1145/x", "10.1145", "10.1145/a b", "https://example.org/10.1145/x"])
def test_what_is_no_doi(text):
    assert normal_doi(text) is None


def test_an_address_of_doi_org_holds_its_doi():
    assert doi_in("https://doi.org/10.1000/182") == "10.1000/182"
    assert doi_in("10.1000/182") is None


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("HTTPS://Example.ORG:443/Path?utm_source=x&id=7", "https://example.org/Path?id=7"),
        ("http://example.org:8080/a#part", "http://example.org:8080/a#part"),
        ("https://example.org/?fbclid=1", "https://example.org/"),
        ("https://example.org/a%20b?q=%C3%A9", "https://example.org/a%20b?q=%C3%A9"),
        ("https://user@Example.org/", "https://user@example.org/"),
        ("https://[::1]:9000/x", "https://[::1]:9000/x"),
        ("https://example.org:port/x", "https://example.org:port/x"),
    ],
)
def test_addresses_are_stored_in_one_form(written, stored):
    assert normal_url(written) == stored


def test_two_addresses_of_one_page_have_one_key():
    keys = {
        url_key(url)
        for url in (
            "https://www.example.org/a/",
            "http://example.org/a",
            "https://example.org/a#top",
            "https://m.example.org/a?utm_medium=mail",
            "https://example.org/a/index.html",
        )
    }
    assert len(keys) == 1
    assert url_key("https://example.org/a?x=1&y=2") == url_key("https://example.org/a?y=2&x=1")
    assert url_key("https://example.org/a?x=1") != url_key("https://example.org/a?x=2")


@given(st.text(max_size=60))
def test_a_form_once_taken_stays(text):
    assert normal_url(normal_url(text)) == normal_url(text)
    doi = normal_doi(text)
    assert doi is None or normal_doi(doi) == doi
