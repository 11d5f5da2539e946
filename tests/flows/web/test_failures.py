from flows.web.failures import FAILURES


def test_each_failure_is_one_word_with_a_meaning():
    assert all(word.replace("_", "").isalpha() and word.islower() and meaning for word, meaning in FAILURES.items())
