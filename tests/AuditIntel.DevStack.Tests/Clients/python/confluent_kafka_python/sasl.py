from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import AdminClient

from confluent_kafka_python.client import base
from scenario import equal, fails


def connect(mechanism, password):
    errors = []
    client = AdminClient({**base, 'security.protocol': 'SASL_PLAINTEXT', 'sasl.mechanism': mechanism,
                          'sasl.username': 'ann', 'sasl.password': password, 'error_cb': errors.append, 'log_level': 0})
    try:
        return len(client.list_topics(timeout=20 if password == 'correct horse' else 1).brokers)
    finally:
        client.poll(0)
        if password != 'correct horse':
            equal(KafkaError._AUTHENTICATION in [e.code() for e in errors], True)


for mechanism in ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512']:
    equal(connect(mechanism, 'correct horse'), 1)
    fails(lambda: connect(mechanism, 'wrong'), KafkaException)
