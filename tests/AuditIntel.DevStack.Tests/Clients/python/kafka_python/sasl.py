from kafka import KafkaAdminClient
from kafka.errors import AuthenticationFailedError, NoBrokersAvailable

from kafka_python.client import base
from scenario import equal, fails


def connect(mechanism, password):
    client = KafkaAdminClient(**base, security_protocol='SASL_PLAINTEXT', sasl_mechanism=mechanism,
                              sasl_plain_username='ann', sasl_plain_password=password, api_version_auto_timeout_ms=2000)
    brokers = client.describe_cluster()['brokers']
    client.close()
    return len(brokers)


for mechanism in ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512']:
    equal(connect(mechanism, 'correct horse'), 1)
    fails(lambda: connect(mechanism, 'wrong'), AuthenticationFailedError, NoBrokersAvailable)
