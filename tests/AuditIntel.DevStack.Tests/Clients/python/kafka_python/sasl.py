from kafka import KafkaAdminClient
from kafka.errors import AuthenticationFailedError, NoBrokersAvailable

from kafka_python.client import base
from scenario import equal, fails


def connect(mechanism, password):
    # It tries for as long as it may to find out the broker's version, unless it is told that the password is wrong.
    limit = 20_000 if password == 'correct horse' else 2000
    client = KafkaAdminClient(**base, security_protocol='SASL_PLAINTEXT', sasl_mechanism=mechanism,
                              sasl_plain_username='ann', sasl_plain_password=password, api_version_auto_timeout_ms=limit)
    brokers = client.describe_cluster()['brokers']
    client.close()
    return len(brokers)


for mechanism in ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512']:
    equal(connect(mechanism, 'correct horse'), 1)
    fails(lambda: connect(mechanism, 'wrong'), AuthenticationFailedError, NoBrokersAvailable)
