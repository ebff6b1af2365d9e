"""`elo report chase --email`: a message a body, with its sheet, that nobody has sent."""

from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from tests import trackers
from tests.running import Runner

FILES = {
    "vocabulary/organisations": """\
        okm:
          name: {en: "Ministry\\nBcc: evil@example.org"}
          contact: kirjaamo@okm.example
          type: ministry
        tem:
          name: {en: Ministry of Labour}
          type: ministry
        """,
    "milestones/own": "name: {en: Own}\ntype: national\nresponsible: [tem]\ndue: 2020\n",
    "milestones/theirs": "name: {en: Theirs}\ntype: national\nresponsible: [okm]\ndue: 2021\n",
}


def test_messages_are_written_and_addressed_to_mailboxes_only(elo: Runner, tmp_path: Path) -> None:
    """One file a body that is asked; its only address is its role mailbox, and a name makes no header."""
    data, mail = trackers.write(tmp_path / "data", FILES), tmp_path / "mail"
    words = ("report", "chase", "--email", str(mail), "--answer-by", "15.1.2027", "--lang", "en")
    run = elo(*words, data=data)
    assert run.code == 0, run.err
    assert "2 messages written" in run.err
    assert "no mailbox is known of tem" in run.err
    assert sorted(path.name for path in mail.iterdir() if path.suffix) == ["okm.eml", "tem.eml"]
    okm, tem = (message_from_bytes((mail / f"{name}.eml").read_bytes(), policy=default) for name in ("okm", "tem"))
    assert okm["To"] == "kirjaamo@okm.example"
    assert (okm["Bcc"], okm["From"], tem["To"]) == (None, None, None)
    body = okm.get_body()
    assert body is not None
    assert "Theirs: due 2021. Has this happened?" in body.get_content()
    assert "Please answer by 15 January 2027." in body.get_content()
    (attached,) = okm.iter_attachments()
    assert attached.get_filename() == "chase-okm.xlsx"
    sheet = load_workbook(BytesIO(attached.get_payload(decode=True))).worksheets[0]  # type: ignore[arg-type]
    ids = {cell.value for cell in sheet["A"]}
    assert "theirs" in ids
    assert "own" not in ids
    assert elo(*words, data=data).code == 0
    # A workbook holds the time at which it was written, so that its bytes differ.
    again = message_from_bytes((mail / "okm.eml").read_bytes(), policy=default)
    assert (again["To"], again["Subject"]) == (okm["To"], okm["Subject"])


def test_messages_are_of_the_chase_list_only(elo: Runner, tmp_path: Path) -> None:
    """Another report has no messages, and an answer-by day needs them."""
    assert elo("report", "summary", "--email", str(tmp_path / "mail")).code == 2
    assert elo("report", "chase", "--answer-by", "2027-01-15").code == 2


def test_a_text_ends_no_part_of_a_message(elo: Runner, tmp_path: Path) -> None:
    """A name with a line that looks like the boundary stays text, and brings no attachment of its own."""
    evil = "A\\n--=_elo_okm\\nContent-Type: text/html\\n\\nx"
    files = FILES | {"milestones/theirs": f'name: {{en: "{evil}"}}\ntype: national\nresponsible: [okm]\ndue: 2021\n'}
    mail = tmp_path / "mail"
    data = trackers.write(tmp_path / "data", files)
    assert elo("report", "chase", "--email", str(mail), "--lang", "en", data=data).code == 0
    content = (mail / "okm.eml").read_bytes()
    assert content.count(b"\r\n--=_elo_okm") == 3
    assert len(list(message_from_bytes(content, policy=default).iter_attachments())) == 1


def test_a_name_hides_no_header(elo: Runner, tmp_path: Path) -> None:
    """An encoded word (RFC 2047) in a name stays as it is written, with whatever line breaks stand in it."""
    organisations = """\
        okm:
          name: {en: "=?utf-8?q?A=0d=0aBcc:=20evil@example.org?="}
          type: ministry
        """
    data = trackers.write(tmp_path / "data", FILES | {"vocabulary/organisations": organisations})
    mail = tmp_path / "mail"
    assert elo("report", "chase", "--owner", "okm", "--email", str(mail), "--lang", "en", data=data).code == 0
    message = message_from_bytes((mail / "okm.eml").read_bytes(), policy=default)
    assert message["Bcc"] is None
    assert "evil@example.org?=" in message["Subject"]
