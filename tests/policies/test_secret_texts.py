"""What looks like a secret, and what only looks a little like one."""

import string
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.secret_texts import is_secret_name, secret_in

SECRET_NAMES = [
    "DB_PASSWORD",
    "apiKey",
    "CARRIER_API_KEY",
    "PaymentToken",
    "ClientSecret",
    "ConnectionStrings__Orders_ConnectionString",
    "sasUrl_key",
    "SIGNING_KEY",
    "FTP_PWD",
]
PLAIN_NAMES = [
    "TOKEN_ENDPOINT",
    "SECRET_NAME",
    "PARTITION_KEY",
    "KEYBOARD",
    "MONKEY_COUNT",
    "TASKHUB_NAME",
    "TOKEN_LIFETIME_MINUTES",
    "keyVaultReferenceIdentity",
    "IDEMPOTENCY_KEY",
    "allowSharedKeyAccess",
]
SECRETS = [
    "DefaultEndpointsProtocol=https;AccountName=x;AccountKey=abc==;EndpointSuffix=core.windows.net",
    "Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=a;SharedAccessKey=abc=",
    "https://x.blob.core.windows.net/c/b.zip?sv=2024-01-01&sig=abc%3D",
    "Server=tcp:x;User ID=a;Password=p;",
    "postgres://user:horse@host/db",
    "-----BEGIN RSA " + "PRIVATE KEY-----\nMII",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc",
    "ghp_" + "a1B2" * 9,
    "abc8Q~" + "aB3-" * 9,
]
PLAIN = [
    "@Microsoft.KeyVault(VaultName=kv;SecretName=x)",
    "/subscriptions/3f0a8c52-6f1d-4e2b-9a57-0c1e5d7b9a10/resourceGroups/rg-meridian-prod/providers/Microsoft.Web/sites/func-claims-prod-2xyq4i",
    "InstrumentationKey=8b7d2c14-50e6-4f0a-b3a9-6d1f2e4c8a55;IngestionEndpoint=https://westeurope-5.in.applicationinsights.azure.com/",
    "https://stclaimsprod2xyq4i.blob.core.windows.net/packages/claims-1.4.0-20261122.zip",
    "One traceable workflow for each property claim, from first notice to payment",
    "ClientId={identity_client_id};Authorization=AAD",
    "Standard_ZRS",
    "2027-05-01T12:00:00Z",
    "AzureFunctionsJobHostLoggingApplicationInsightsSamplingSettings",
]


@pytest.mark.parametrize("name", SECRET_NAMES)
def test_a_name_gives_a_secret_away(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize("name", PLAIN_NAMES)
def test_a_name_that_is_only_about_secrets_does_not(name: str) -> None:
    assert not is_secret_name(name)


@pytest.mark.parametrize("text", SECRETS)
def test_a_text_gives_a_secret_away_without_being_quoted(text: str) -> None:
    kind = secret_in(text)
    assert kind
    assert text not in kind


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_text_does_not(text: str) -> None:
    assert secret_in(text) is None


@given(
    st.integers(min_value=0, max_value=10**9), st.sampled_from(["{}", "key is {}", "x={};y=1", "https://host/{}/path"])
)
def test_forty_random_letters_and_digits_are_noticed_wherever_they_stand(seed: int, around: str) -> None:
    random = Random(seed)
    key = "".join(random.choices(string.ascii_letters + string.digits, k=36)) + "aB12"
    assert secret_in(around.format(key))


@given(st.text(alphabet=string.ascii_lowercase + "-./ ", max_size=80))
def test_lower_case_words_are_never_taken_for_a_key(text: str) -> None:
    assert secret_in(text) is None
