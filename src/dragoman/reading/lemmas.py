"""Lemmas as edit scripts: what turns a word form into its lemma, as a label a model can learn.

A script is `case|cut|add`: the case rule, how many characters to cut from the end, and what to
add. An irregular form whose lemma shares no beginning with it has `case|*|lemma`. After the
lemmatiser of UDPipe 2 (Straka 2018, "UDPipe 2.0 Prototype at CoNLL 2018 UD Shared Task").
"""

from __future__ import annotations

__all__ = ["apply_script", "script_of"]


def _common_prefix(one: str, other: str) -> int:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length


def script_of(form: str, lemma: str) -> str:
    """The script that turns `form` into `lemma`.

    >>> script_of("Studies", "study")
    'lower|3|y'
    >>> script_of("was", "be")
    'lower|*|be'
    """
    case, base = "lower", form.lower()
    if lemma != lemma.lower():
        if form.startswith(lemma[:1]):
            case, base = "keep", form
        elif form[:1].upper() == lemma[:1]:
            case, base = "title", form[:1].upper() + form[1:].lower()
    shared = _common_prefix(base, lemma)
    if shared == 0 and lemma:
        return f"{case}|*|{lemma}"
    return f"{case}|{len(base) - shared}|{lemma[shared:]}"


def apply_script(form: str, script: str) -> str:
    """The lemma of `form` by `script`; a script that does not fit the form leaves it lower-cased.

    >>> apply_script("Parties", "lower|3|y")
    'party'
    """
    case, cut, add = script.split("|", 2)
    if cut == "*":
        return add
    base = form.lower()
    if case == "keep":
        base = form
    elif case == "title":
        base = form[:1].upper() + form[1:].lower()
    length = len(base) - int(cut)
    if length < 0 or (length == 0 and not add):
        return base
    return base[:length] + add
