from kafka import KafkaAdminClient
from kafka.errors import AuthenticationFailedError, NoBrokersAvailable

from scenario import equal, fails, servers


def connect(mechanism, password):
    client = KafkaAdminClient(bootstrap_servers=servers, security_protocol='SASL_PLAINTEXT', sasl_mechanism=mechanism,
                              sasl_plain_username='ann', sasl_plain_password=password, api_version_auto_timeout_ms=2000)
    brokers = client.describe_cluster()['brokers']
    client.close()
    return len(brokers)


for mechanism in ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512']:
    equal(connect(mechanism, 'correct horse'), 1)
    fails(lambda: connect(mechanism, 'wrong'), AuthenticationFailedError, NoBrokersAvailable)
