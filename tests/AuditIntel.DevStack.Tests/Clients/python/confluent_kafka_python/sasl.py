from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import AdminClient

from confluent_kafka_python.client import base, reports
from scenario import equal, fails

for mechanism in ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512']:
    def connect(password, errors):
        return AdminClient({**base, 'security.protocol': 'SASL_PLAINTEXT', 'sasl.mechanism': mechanism, 'sasl.username': 'ann',
                            'sasl.password': password, 'error_cb': errors.append, 'log_level': 0})

    equal(len(connect('correct horse', []).list_topics(timeout=20).brokers), 1)
    refusals = []
    refused = connect('wrong', refusals)
    fails(lambda: refused.list_topics(timeout=1), KafkaException)
    reports(refused, refusals, KafkaError._AUTHENTICATION)
